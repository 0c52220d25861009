import { Injectable, type CanActivate } from '@nestjs/common';

@Injectable()
export class SignInGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}
