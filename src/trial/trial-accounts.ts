import type { Role } from '../rules/scope.js';
import type { TargetGroup } from '../rules/target-groups.js';

export interface TrialAccount {
  username: string;
  fullName: string;
  /** Code of the agency where the post is held. */
  agency: string;
  title: string;
  group: TargetGroup;
  roles: { role: Role; agency: string }[];
  /** Who it is, for the console and the README. */
  who: { vi: string; en: string };
}

/** The province and the ministry around which the stories of the trial are told. */
export const TRIAL_PROVINCE = '15';
export const TRIAL_MINISTRY = 'BVHTTDL';
const LEAD_MINISTRY = 'BKHCN';
const ROOT = 'VN';

/** The accounts for a first look. All share one password, so the service then listens on this machine only. */
export const TRIAL_ACCOUNTS: readonly TrialAccount[] = [
  {
    username: 'hocvien', fullName: 'Lò Thị Mẫu', agency: '', title: 'Công chức Văn hóa – Xã hội', group: 'grassroots-information', roles: [],
    who: { vi: 'cán bộ thông tin cơ sở của một xã, sắp đủ điều kiện', en: 'a grassroots-information officer of a commune, nearly there' },
  },
  {
    username: 'hocvien.moi', fullName: 'Nguyễn Văn Thử', agency: `${TRIAL_MINISTRY}-TT`, title: 'Chuyên viên truyền thông',
    group: 'communication', roles: [],
    who: { vi: 'cán bộ truyền thông của một bộ, chưa bắt đầu', en: 'a communication officer of a ministry, nothing begun' },
  },
  {
    username: 'dieuphoi.tinh', fullName: 'Hà Thị Đầu Mối', agency: `${TRIAL_PROVINCE}-KHCN`, title: 'Chuyên viên đào tạo',
    group: 'official', roles: [{ role: 'coordinator', agency: TRIAL_PROVINCE }],
    who: { vi: 'cán bộ đầu mối đào tạo của một tỉnh', en: 'training coordinator of a province' },
  },
  {
    username: 'dieuphoi.bo', fullName: 'Trần Minh Đầu Mối', agency: `${TRIAL_MINISTRY}-VP`, title: 'Chuyên viên đào tạo',
    group: 'official', roles: [{ role: 'coordinator', agency: TRIAL_MINISTRY }],
    who: { vi: 'cán bộ đầu mối đào tạo của một bộ', en: 'training coordinator of a ministry' },
  },
  {
    username: 'lanhdao.tinh', fullName: 'Vi Văn Duyệt', agency: `${TRIAL_PROVINCE}-VP`, title: 'Phó Chánh Văn phòng', group: 'leader',
    roles: [{ role: 'leader', agency: TRIAL_PROVINCE }],
    who: { vi: 'lãnh đạo ký báo cáo của tỉnh', en: 'leader who signs the province’s report' },
  },
  {
    username: 'giangvien', fullName: 'Phạm Thị Giảng', agency: `${LEAD_MINISTRY}-TT`, title: 'Giảng viên kiêm nhiệm', group: 'official',
    roles: [{ role: 'author', agency: ROOT }, { role: 'assessor', agency: ROOT }],
    who: { vi: 'người biên soạn và người chấm', en: 'author and assessor' },
  },
  {
    username: 'quocgia', fullName: 'Đặng Văn Toàn', agency: `${LEAD_MINISTRY}-VP`, title: 'Chuyên viên chính', group: 'official',
    roles: [{ role: 'national', agency: ROOT }],
    who: { vi: 'đơn vị vận hành quốc gia, thấy toàn bộ', en: 'national operator, sees all' },
  },
  {
    username: 'quantri', fullName: 'Lê Thị Máy', agency: `${LEAD_MINISTRY}-VP`, title: 'Chuyên viên công nghệ thông tin', group: 'official',
    roles: [{ role: 'administrator', agency: ROOT }],
    who: { vi: 'quản trị hệ thống', en: 'system administrator' },
  },
];
