import { CreateAccounts, GrantRole, IssueCodes } from '../../access/index.js';
import { Agencies, LoadBaseAgencies, ROOT_CODE } from '../../agencies/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { refused } from '../../platform/errors.js';
import { showDateTime, text } from '../../platform/texts.js';
import { Roster } from '../../roster/index.js';
import { DONE, WRONG_USAGE, type Command } from '../command.js';

/** Where the administrator's own post is, unless another agency is named: the lead agency of Decision 1169/QĐ-TTg. */
const DEFAULT_AGENCY = 'BKHCN';

/**
 * Makes the first administrator of a real installation: a person, a post, an account and the role over the whole
 * country, with a one-time code to activate it. A second factor is enrolled at the first sign-in.
 */
export const command: Command = {
  name: 'admin create',
  usage: 'USERNAME "FULL NAME" [AGENCY]',
  async run({ args, lang, say, complain, withApplication }) {
    const [username, fullName, agencyCode = DEFAULT_AGENCY] = args;
    if (!username || !fullName) {
      complain(text(lang, 'operator.usage', { usage: `${command.name} ${command.usage}` }));
      return WRONG_USAGE;
    }
    const issued = await withApplication(async (app) => {
      await app.get(LoadBaseAgencies).run();
      const clock = app.get(Clock);
      const [now, today] = [clock.now(), clock.today()];
      return app.get(Database).inTransaction(async (tx) => {
        const agencies = app.get(Agencies);
        const [agency, nation] = [await agencies.findByCode(tx, agencyCode, today), await agencies.findByCode(tx, ROOT_CODE, today)];
        if (!agency || !nation) throw refused('agency-unknown', { code: agencyCode });
        const [personId] = await app.get(Roster).addPeople(tx, [{
          fullName, posts: [{ agencyId: agency.id, positionTitle: text('vi', 'operator.administrator'), targetGroup: 'official', from: today }],
        }]);
        const [account] = await app.get(CreateAccounts).run(tx, [{ personId: personId as number, fullName, username }], { by: null, now });
        if (!account) throw new Error('The account was not made.');
        await app.get(GrantRole).run(tx, { accountId: account.id, role: 'administrator', agencyId: nation.id, by: null, now });
        const [code] = await app.get(IssueCodes).run(tx, 'activation', [account.id], null, now);
        return code;
      });
    });
    say(text(lang, 'operator.admin-created', {
      username, code: issued?.code ?? '', until: issued ? showDateTime(issued.expiresAt) : '',
    }));
    return DONE;
  },
};
