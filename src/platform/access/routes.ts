import { RequestMethod, type INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ALLOW, type Allowed } from './allow.js';

export interface Route {
  method: string;
  /** As declared, with parameters: `/cohorts/:id`. */
  path: string;
  handler: string;
  allowed: Allowed | undefined;
}

/** Every route the application has, from the decorators themselves: what the guard test walks. */
export function listRoutes(app: INestApplication): Route[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const routes: Route[] = [];
  for (const { instance, metatype } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    if (!instance || !metatype) continue;
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    const bases = [Reflect.getMetadata(PATH_METADATA, metatype) as string | string[]].flat();
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name] as () => unknown;
      const paths = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
      if (paths === undefined) continue;
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod] ?? 'GET';
      const allowed = reflector.getAllAndOverride<Allowed | undefined>(ALLOW, [handler, metatype]);
      for (const base of bases) {
        for (const path of [paths].flat()) {
          const full = `/${base}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
          routes.push({ method, path: full, handler: `${metatype.name}.${name}`, allowed });
        }
      }
    }
  }
  return routes;
}

/** Stops the start when a route says nothing about who may use it. */
export function refuseUndeclaredRoutes(app: INestApplication): void {
  const open = listRoutes(app).filter((route) => !route.allowed);
  if (open.length > 0) throw new Error(`Routes without @Allow: ${open.map((route) => route.handler).join(', ')}`);
}
