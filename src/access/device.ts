/**
 * What a person recognises a device by: browser and system, no versions, no address. Enough to say "that is not mine",
 * too little to follow anybody by.
 */
const BROWSERS: [RegExp, string][] = [
  [/\bZalo\b/i, 'Zalo'], [/\bcoc_coc_browser\b/i, 'Cốc Cốc'], [/\bEdgA?\//, 'Edge'], [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'], [/\b(Firefox|FxiOS)\//, 'Firefox'], [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'], [/\b(iPhone|iPad|iPod)\b/, 'iOS'], [/\bWindows\b/, 'Windows'], [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'], [/\bLinux\b/, 'Linux'],
];

/** `Chrome · Android`; the name of a program (`curl`) where it is no browser; empty where it says nothing. */
export function deviceOf(userAgent: string | undefined): string {
  const agent = userAgent ?? '';
  const find = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1];
  const parts = [find(BROWSERS), find(SYSTEMS)].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  return /^[A-Za-z][\w.-]{0,30}/.exec(agent)?.[0] ?? '';
}
