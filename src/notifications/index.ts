export { NotificationsModule } from './notifications.module.js';
export { ReadMessages, type Message } from './read-messages.js';
export { TellPeople } from './tell-people.js';
