import Columnar

extension FunctionCatalog {
  /// Functions that write values as text in some form.
  static let quoting: [String: [FunctionSignature]] = [
    "overlay": [
      FunctionSignature([.text, .text, .integer], .text, .overlay),
      FunctionSignature([.text, .text, .integer, .integer], .text, .overlay),
    ],
    "md5": [FunctionSignature([.text], .text, .md5)],
    "unistr": [FunctionSignature([.text], .text, .unistr)],
    "bit_length": [FunctionSignature([.text], .integer, .bitLength)],
    "to_hex": [ColumnType.integer, .bigint].map { FunctionSignature([$0], .text, .toHex) },
    "quote_ident": [FunctionSignature([.text], .text, .quoteIdent)],
    "to_char": [ColumnType.integer, .bigint, .numeric, .double].map {
      FunctionSignature([$0, .text], .text, .toCharNumber)
    },
  ]
}
