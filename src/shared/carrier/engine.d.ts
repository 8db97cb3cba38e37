/** Functions that Node and all browsers have. The types of `shared` include neither DOM nor Node. */
declare function atob(base64: string): string
declare function btoa(binary: string): string
