/** A package that a command of a RUN installs. */
import type { CommandAt } from '../../model/model.ts';
import type { Manager, Package } from '../../programs/install.ts';

export interface PackageAt {
  readonly at: CommandAt;
  readonly manager: Manager;
  readonly one: Package;
}
