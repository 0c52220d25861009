import { ReconcileCertificates } from '../../certificates/index.js';
import { text } from '../../platform/texts.js';
import { DONE, REFUSED, type Command } from '../command.js';

/** Must always find zero. When it does not, what was missing has been issued, and somebody must ask why it was missing. */
export const command: Command = {
  name: 'certificates reconcile',
  async run({ lang, say, complain, withApplication }) {
    const missing = await withApplication((app) => app.get(ReconcileCertificates).run());
    (missing === 0 ? say : complain)(text(lang, 'operator.reconciled', { missing }));
    return missing === 0 ? DONE : REFUSED;
  },
};
