import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailEntity } from './mail.entity.js';
import { MessageEntity } from './message.entity.js';
import { MessagesController } from './messages.controller.js';
import { PostOffice } from './post-office.js';
import { ReadMessages } from './read-messages.js';
import { SendMail } from './send-mail.js';
import { TellPeople } from './tell-people.js';

@Module({
  imports: [TypeOrmModule.forFeature([MailEntity, MessageEntity])],
  controllers: [MessagesController],
  providers: [PostOffice, SendMail, TellPeople, ReadMessages],
  exports: [TellPeople, ReadMessages],
})
export class NotificationsModule {}
