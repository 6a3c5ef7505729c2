/** A TypeScript module as the text of plain JavaScript (`tools/vite/as-javascript.ts`). */
declare module '*.ts?js' {
  const code: string;
  export default code;
}
