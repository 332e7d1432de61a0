/** What a command that a person runs comes to: lines to read, and whether it was done. */
import { describeProblem } from './start-problem.ts';

export interface CommandResult {
  readonly lines: readonly string[];
  readonly isOk: boolean;
}

/** As `run` answers; what a person can mend is told in a sentence, and anything else thrown. */
export async function describeResult(run: () => CommandResult | Promise<CommandResult>): Promise<CommandResult> {
  try {
    return await run();
  } catch (error) {
    const said = describeProblem(error);
    if (said === undefined) throw error;
    return { lines: [said], isOk: false };
  }
}
