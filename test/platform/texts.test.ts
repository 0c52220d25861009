import { foreignLanguage } from '../../src/platform/texts.js';

describe('in which language a text of content stands', () => {
  it.each([
    { what: 'a text with its translation', value: { vi: 'Xin chào các bạn', en: 'Hello everyone' }, vi: undefined, en: undefined },
    { what: 'a text without one', value: { vi: 'Xin chào các bạn' }, vi: undefined, en: 'vi' },
    { what: 'a quotation in English, the same in both', value: { vi: '“It is good.”', en: '“It is good.”' }, vi: 'en', en: undefined },
    { what: 'a quotation in Vietnamese, the same in both', value: { vi: 'Kết nối y tế số', en: 'Kết nối y tế số' }, vi: undefined, en: 'vi' },
    { what: 'a figure', value: { vi: '12 %', en: '12 %' }, vi: undefined, en: undefined },
    { what: 'a single name', value: { vi: 'Facebook', en: 'Facebook' }, vi: undefined, en: undefined },
  ] as const)('$what', ({ value, vi, en }) => {
    expect([foreignLanguage('vi', value), foreignLanguage('en', value)]).toEqual([vi, en]);
  });
});
