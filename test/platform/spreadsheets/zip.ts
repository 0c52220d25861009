import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  body: Buffer | string;
  /** What the directory claims, where it shall lie. */
  claimedSize?: number;
}

/** A zip file made by hand, so that tests can make broken and hostile ones too. */
export function zip(entries: ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, body, claimedSize } of entries) {
    const data = Buffer.from(body);
    const packed = deflateRawSync(data);
    const fileName = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedSize ?? data.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, fileName, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, rest, fileName]));
    parts.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook out of the raw XML of its sheets: as other programs write them, prefixes and all. */
export function workbook(sheets: { xml: string; state?: string }[], extra: ZipEntry[] = [], workbookPr = ''): Buffer {
  return zip([
    {
      name: '_rels/.rels',
      body: `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      body: `<workbook xmlns:r="${OFFICE}">${workbookPr}<sheets>${sheets
        .map(
          (sheet, index) =>
            `<sheet name="S${index}" sheetId="${index + 1}" r:id="r${index}"${sheet.state ? ` state="${sheet.state}"` : ''}/>`,
        )
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      body: `<Relationships xmlns="${PACKAGE}">${sheets
        .map(
          (_sheet, index) =>
            `<Relationship Id="r${index}" Type="${OFFICE}/worksheet" Target="worksheets/s${index}.xml"/>`,
        )
        .join('')}</Relationships>`,
    },
    ...sheets.map((sheet, index) => ({ name: `xl/worksheets/s${index}.xml`, body: sheet.xml })),
    ...extra,
  ]);
}
