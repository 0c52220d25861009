import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Config } from '../platform/config.js';

/** The way out of the house for letters. Absent where no SMTP_URL is set: letters then wait. */
@Injectable()
export class PostOffice implements OnModuleDestroy {
  private readonly transport: Transporter | null;

  constructor(private readonly config: Config) {
    this.transport = config.smtpUrl ? createTransport(config.smtpUrl) : null;
  }

  get open(): boolean {
    return this.transport !== null;
  }

  /** @throws whatever the mail server says; the queue tries again */
  async send(to: string, subject: string, body: string): Promise<void> {
    await this.transport?.sendMail({ from: this.config.mailFrom, to, subject, text: body });
  }

  onModuleDestroy(): void {
    this.transport?.close();
  }
}
