import type { AgencyType } from '../rules/agency-types.js';
import { FOREVER, type CivilDate } from '../rules/civil-date.js';

/**
 * The tree that every installation begins with: the country, the 22 central agencies and the 34 provinces and cities.
 * Communes, departments and units are imported by the operator.
 *
 * Sources. Central agencies: structure of the Government from 1 March 2025 (Resolution 176/2025/QH15; decrees on the
 * agencies under the Government). Provinces and cities: codes of Decision 19/2025/QĐ-TTg, in force 1 July 2025; Đồng Nai
 * a centrally run city from 30 April 2026 (Resolution 30/2026/QH16). The codes of central agencies are the abbreviations
 * that their documents carry. Names and codes are facts of law and belong to nobody; the spelling of the provinces was
 * compared with thanglequoc/vietnamese-provinces-database (MIT, (c) 2021 Thang Le Quoc).
 */
export interface BaseVersion {
  type: AgencyType;
  nameVi: string;
  nameEn: string;
  from: CivilDate;
  to: CivilDate;
  legalBasis: string | null;
}
export interface BaseAgency {
  code: string;
  /** null: the root. */
  parent: string | null;
  versions: BaseVersion[];
}

export const ROOT_CODE = 'VN';

const CENTRE: CivilDate = '2025-03-01';
const LOCALITIES: CivilDate = '2025-07-01';
const GOVERNMENT = 'Nghị quyết 176/2025/QH15';
const CODES = 'Quyết định 19/2025/QĐ-TTg';
const DONG_NAI_CITY: CivilDate = '2026-04-30';

type Names = [code: string, nameVi: string, nameEn: string];

const MINISTRIES: Names[] = [
  ['BQP', 'Bộ Quốc phòng', 'Ministry of National Defence'],
  ['BCA', 'Bộ Công an', 'Ministry of Public Security'],
  ['BNG', 'Bộ Ngoại giao', 'Ministry of Foreign Affairs'],
  ['BNV', 'Bộ Nội vụ', 'Ministry of Home Affairs'],
  ['BTP', 'Bộ Tư pháp', 'Ministry of Justice'],
  ['BTC', 'Bộ Tài chính', 'Ministry of Finance'],
  ['BCT', 'Bộ Công Thương', 'Ministry of Industry and Trade'],
  ['BNNMT', 'Bộ Nông nghiệp và Môi trường', 'Ministry of Agriculture and Environment'],
  ['BXD', 'Bộ Xây dựng', 'Ministry of Construction'],
  ['BVHTTDL', 'Bộ Văn hóa, Thể thao và Du lịch', 'Ministry of Culture, Sports and Tourism'],
  ['BKHCN', 'Bộ Khoa học và Công nghệ', 'Ministry of Science and Technology'],
  ['BGDĐT', 'Bộ Giáo dục và Đào tạo', 'Ministry of Education and Training'],
  ['BYT', 'Bộ Y tế', 'Ministry of Health'],
  ['BDTTG', 'Bộ Dân tộc và Tôn giáo', 'Ministry of Ethnic and Religious Affairs'],
];

const MINISTERIAL: Names[] = [
  ['NHNN', 'Ngân hàng Nhà nước Việt Nam', 'State Bank of Viet Nam'],
  ['TTCP', 'Thanh tra Chính phủ', 'Government Inspectorate'],
  ['VPCP', 'Văn phòng Chính phủ', 'Government Office'],
];

const UNDER_GOVERNMENT: Names[] = [
  ['VTV', 'Đài Truyền hình Việt Nam', 'Viet Nam Television'],
  ['VOV', 'Đài Tiếng nói Việt Nam', 'Voice of Viet Nam'],
  ['TTXVN', 'Thông tấn xã Việt Nam', 'Viet Nam News Agency'],
  ['VHLKHCNVN', 'Viện Hàn lâm Khoa học và Công nghệ Việt Nam', 'Viet Nam Academy of Science and Technology'],
  ['VHLKHXHVN', 'Viện Hàn lâm Khoa học xã hội Việt Nam', 'Viet Nam Academy of Social Sciences'],
];

const CITIES: Names[] = [
  ['01', 'Hà Nội', 'Hanoi'], ['31', 'Hải Phòng', 'Hai Phong'], ['46', 'Huế', 'Hue'], ['48', 'Đà Nẵng', 'Da Nang'],
  ['79', 'Hồ Chí Minh', 'Ho Chi Minh'], ['92', 'Cần Thơ', 'Can Tho'],
];

const PROVINCES: Names[] = [
  ['04', 'Cao Bằng', 'Cao Bang'], ['08', 'Tuyên Quang', 'Tuyen Quang'], ['11', 'Điện Biên', 'Dien Bien'],
  ['12', 'Lai Châu', 'Lai Chau'], ['14', 'Sơn La', 'Son La'], ['15', 'Lào Cai', 'Lao Cai'],
  ['19', 'Thái Nguyên', 'Thai Nguyen'], ['20', 'Lạng Sơn', 'Lang Son'], ['22', 'Quảng Ninh', 'Quang Ninh'],
  ['24', 'Bắc Ninh', 'Bac Ninh'], ['25', 'Phú Thọ', 'Phu Tho'], ['33', 'Hưng Yên', 'Hung Yen'],
  ['37', 'Ninh Bình', 'Ninh Binh'], ['38', 'Thanh Hóa', 'Thanh Hoa'], ['40', 'Nghệ An', 'Nghe An'],
  ['42', 'Hà Tĩnh', 'Ha Tinh'], ['44', 'Quảng Trị', 'Quang Tri'], ['51', 'Quảng Ngãi', 'Quang Ngai'],
  ['52', 'Gia Lai', 'Gia Lai'], ['56', 'Khánh Hòa', 'Khanh Hoa'], ['66', 'Đắk Lắk', 'Dak Lak'],
  ['68', 'Lâm Đồng', 'Lam Dong'], ['80', 'Tây Ninh', 'Tay Ninh'], ['82', 'Đồng Tháp', 'Dong Thap'],
  ['86', 'Vĩnh Long', 'Vinh Long'], ['91', 'An Giang', 'An Giang'], ['96', 'Cà Mau', 'Ca Mau'],
];

const central = (list: Names[], type: AgencyType, legalBasis: string | null): BaseAgency[] =>
  list.map(([code, nameVi, nameEn]) => ({
    code, parent: ROOT_CODE, versions: [{ type, nameVi, nameEn, from: CENTRE, to: FOREVER, legalBasis }],
  }));

const asProvince = (nameVi: string, nameEn: string) =>
  ({ type: 'province', nameVi: `Tỉnh ${nameVi}`, nameEn: `${nameEn} Province` }) as const;
const asCity = (nameVi: string, nameEn: string) =>
  ({ type: 'city', nameVi: `Thành phố ${nameVi}`, nameEn: `${nameEn} City` }) as const;

const lasting = { from: LOCALITIES, to: FOREVER, legalBasis: CODES };

/** Parents before children. */
export const BASE_AGENCIES: readonly BaseAgency[] = [
  {
    code: ROOT_CODE,
    parent: null,
    versions: [
      {
        type: 'nation',
        nameVi: 'Cả nước',
        nameEn: 'The whole country',
        from: '2000-01-01',
        to: FOREVER,
        legalBasis: null,
      },
    ],
  },
  ...central(MINISTRIES, 'ministry', GOVERNMENT),
  ...central(MINISTERIAL, 'ministerial-agency', GOVERNMENT),
  ...central(UNDER_GOVERNMENT, 'government-agency', null),
  ...CITIES.map(([code, vi, en]): BaseAgency => ({
    code,
    parent: ROOT_CODE,
    versions: [{ ...asCity(vi, en), ...lasting }],
  })),
  ...PROVINCES.map(([code, vi, en]): BaseAgency => ({
    code,
    parent: ROOT_CODE,
    versions: [{ ...asProvince(vi, en), ...lasting }],
  })),
  {
    code: '75', parent: ROOT_CODE, versions: [
      { ...asProvince('Đồng Nai', 'Dong Nai'), from: LOCALITIES, to: DONG_NAI_CITY, legalBasis: CODES },
      { ...asCity('Đồng Nai', 'Dong Nai'), from: DONG_NAI_CITY, to: FOREVER, legalBasis: 'Nghị quyết 30/2026/QH16' },
    ],
  },
];
