import { searchable } from './names.js';

/**
 * What a password must be: long, and not what everybody guesses first. No rules of composition: they make people write
 * `Matkhau@123`, which is guessed first (NIST SP 800-63B-4, section 3.1.1.2). Lengths are in characters, not bytes.
 */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

export type PasswordProblem = 'password-too-short' | 'password-too-long' | 'password-too-common' | 'password-has-username';

/** Beginnings of the lists of stolen passwords, as far as they are long enough to matter here. Without marks, signs, case. */
const COMMON = new Set([
  'adminadminadmin', 'administrator', 'anhyeuemnhieu', 'anhnhoemnhieu', 'changemeplease', 'chaomungban', 'doimatkhau',
  'emyeuanhnhieu', 'giadinhlaso', 'giadinhlasomot', 'hanoivietnam', 'hochiminhcity', 'iloveyouforever', 'iloveyousomuch',
  'khongcomatkhau', 'khongcogiquyhondoclaptudo', 'khongnhomatkhau', 'letmeinplease', 'lantoalantoa', 'matkhaumatkhau',
  'matkhaumoi', 'matkhaucuatoi', 'motconvitxoera', 'nguyenvana', 'passwordpassword', 'quenmatkhau', 'qwertyuiop',
  'qwertyuiopasdfghjkl', 'qwertyqwerty', 'asdfghjkl', 'asdfghjklzxcvbnm', 'zxcvbnm', 'saigonvietnam', 'thanhphohochiminh',
  'thisismypassword', 'trustnooneelse', 'vietnamvodich', 'vietnamvietnam', 'welcomewelcome', 'yeuemnhieulam', 'matkhau',
  'password', 'vietnam', 'admin', 'welcome', 'iloveyou', 'anhyeuem', 'emyeuanh', 'letmein', 'lantoa', 'hanoi', 'saigon',
]);

/** Runs of the keyboard and the alphabet; a password that is nothing but a piece of one is a guess, not a secret. */
const RUNS = ['012345678901234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'q1w2e3r4t5y6u7i8o9p0', '1q2w3e4r5t6y7u8i9o0p'];

/** What is wrong with a password, or null. */
export function passwordProblem(password: string, username: string): PasswordProblem | null {
  const letters = [...password];
  if (letters.length < PASSWORD_MIN) return 'password-too-short';
  if (letters.length > PASSWORD_MAX) return 'password-too-long';
  const bare = searchable(password).replaceAll(' ', '');
  const name = searchable(username).replaceAll(' ', '');
  if (name.length >= 4 && bare.includes(name)) return 'password-has-username';
  return isCommon(bare, password) ? 'password-too-common' : null;
}

function isCommon(bare: string, password: string): boolean {
  if (new Set(password).size < 5) return true;
  // `Password@12345`, `2026matkhau!!!!`: a common word with figures before or after it.
  const word = bare.replace(/^\d+/, '').replace(/\d+$/, '');
  if (COMMON.has(bare) || (word !== '' && COMMON.has(word))) return true;
  const plain = password.toLowerCase();
  if (RUNS.some((run) => run.includes(plain) || [...run].reverse().join('').includes(plain))) return true;
  // `abc1abc1abc1`: less than half of it is new.
  return repeats(plain);
}

/** Whether a text is one piece of at most five characters over and over. */
function repeats(text: string): boolean {
  for (let length = 1; length <= 5; length += 1) {
    if (text === text.slice(0, length).repeat(Math.ceil(text.length / length)).slice(0, text.length)) return true;
  }
  return false;
}
