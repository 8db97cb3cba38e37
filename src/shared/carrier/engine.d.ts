/** What Node and every browser have, though the language does not: the types of `shared` know neither of the two. */
declare function atob(base64: string): string
declare function btoa(binary: string): string
