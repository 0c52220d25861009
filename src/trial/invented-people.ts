import type { NewPerson } from '../roster/index.js';
import { addDays, type CivilDate } from '../rules/civil-date.js';
import { randomFrom, seedOf } from '../rules/random.js';

/**
 * People who do not exist, for a first look. Names are put together from common parts by a seeded generator: the same
 * agency always gets the same people, and any likeness to a living person is chance.
 */
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Đinh',
  'Lò', 'Hà', 'Nông', 'Vi', 'Thạch', 'Kim', 'Sầm', 'Tô', 'Cao'];
const MIDDLE_F = ['Thị', 'Thị Thu', 'Thị Minh', 'Ngọc', 'Thanh', 'Thị Kim', 'Thị Bích', 'Diệu'];
const MIDDLE_M = ['Văn', 'Đức', 'Quang', 'Minh', 'Hữu', 'Xuân', 'Anh', 'Công'];
const GIVEN_F = ['An', 'Bình', 'Chi', 'Dung', 'Giang', 'Hạnh', 'Hiền', 'Hương', 'Lan', 'Linh', 'Mai', 'Nga', 'Oanh', 'Phương', 'Quyên',
  'Sen', 'Thảo', 'Trang', 'Uyên', 'Vân', 'Xuân', 'Yến'];
const GIVEN_M = ['Ân', 'Bảo', 'Cường', 'Dũng', 'Đạt', 'Hải', 'Hiếu', 'Hùng', 'Khánh', 'Lâm', 'Long', 'Nam', 'Phong', 'Quân', 'Sơn',
  'Tâm', 'Thành', 'Tiến', 'Trung', 'Tuấn', 'Việt', 'Vinh'];

type Group = NewPerson['posts'][number]['targetGroup'];

const TITLES: Record<string, string[]> = {
  communication: ['Chuyên viên truyền thông', 'Biên tập viên cổng thông tin điện tử', 'Chuyên viên Văn phòng'],
  'grassroots-information': ['Công chức Văn hóa – Xã hội', 'Người phụ trách đài truyền thanh', 'Viên chức Trung tâm Dịch vụ công'],
  'external-information': ['Chuyên viên thông tin đối ngoại', 'Chuyên viên hợp tác quốc tế'],
  leader: ['Trưởng phòng', 'Phó Chủ tịch Ủy ban nhân dân'],
  official: ['Chuyên viên'],
};

/** How many people of each group an agency of a kind has, on average; part-people are decided by the seed. */
export const STAFFING: Record<string, Partial<Record<Group, number>>> = {
  office: { communication: 28, 'external-information': 4, leader: 1 },
  centre: { communication: 46, 'external-information': 3, official: 2 },
  'province-office': { communication: 18, 'external-information': 2, leader: 1 },
  department: { communication: 29, 'external-information': 2, official: 2 },
  commune: { 'grassroots-information': 9.5, leader: 1, official: 1 },
};

export interface Staffed { agencyId: number; code: string; kind: string; parent: string }

export interface InventedPerson extends NewPerson { group: Group; agencyId: number; luck: number }

/** Everyone who works at an agency of the trial country. `luck` (0 to 1) later decides who has trained. */
export function inventPeople(agency: Staffed, since: CivilDate): InventedPerson[] {
  const random = randomFrom(seedOf(`people ${agency.code}`));
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const people: InventedPerson[] = [];
  for (const [group, average] of Object.entries(STAFFING[agency.kind] ?? {}) as [Group, number][]) {
    const count = Math.floor(average * (0.75 + random() * 0.5) + random());
    for (let i = 0; i < count; i += 1) {
      const woman = random() < 0.55;
      const fullName = `${pick(FAMILY)} ${pick(woman ? MIDDLE_F : MIDDLE_M)} ${pick(woman ? GIVEN_F : GIVEN_M)}`;
      people.push({
        fullName,
        birthDate: addDays('1970-01-01', Math.floor(random() * 11_000)),
        posts: [{
          agencyId: agency.agencyId, positionTitle: pick(TITLES[group] as string[]), targetGroup: group,
          staffCode: `${agency.code}-${String(people.length + 1).padStart(3, '0')}`,
          onLeave: random() < 0.012, from: addDays(since, Math.floor(random() * 240)),
        }],
        group, agencyId: agency.agencyId, luck: random(),
      });
    }
  }
  return people;
}
