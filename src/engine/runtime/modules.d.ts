/** AssemblyScript, compiled to WebAssembly, as base64: `tools/vite/kernels.ts`. */
declare module '*.ts?wasm-kernels' {
  const code: string;
  export default code;
}
