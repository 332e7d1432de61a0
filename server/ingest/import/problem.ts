/** What stops an import as a whole, said in both languages of the command. */
export class ImportProblem extends Error {
  constructor(
    readonly zh: string,
    readonly en: string,
  ) {
    super(en);
    this.name = 'ImportProblem';
  }
}
