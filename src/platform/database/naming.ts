import { DefaultNamingStrategy } from 'typeorm';

/** Columns in snake_case in the database, camelCase in the code. */
export class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, customName: string | undefined, prefixes: string[]): string {
    return customName ?? [...prefixes, property].map(snake).join('_');
  }
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
