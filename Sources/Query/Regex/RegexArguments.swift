import Columnar

/// Where the parts of a call of a regular expression's function stand.
///
/// The text is the first argument and the pattern the second.
struct RegexArguments {
  /// Whether the operator itself ignores case.
  let ignoresCase: Bool
  /// The index of the flags.
  private(set) var flags: Int?
  /// The index of the character to begin at.
  private(set) var start: Int?
  /// The index of which match is meant.
  private(set) var occurrence: Int?
  /// The index of the replacement.
  private(set) var replacement: Int?
  /// The index of whether the place behind the match is meant.
  private(set) var atEnd: Int?
  /// The index of which parentheses are meant.
  private(set) var group: Int?
  private let function: Function

  /// The parts of a call with arguments of these types; `nil` for any other function.
  init?(_ function: Function, _ types: [ColumnType]) {
    self.function = function
    ignoresCase = function == .regexMatchesIgnoringCase
    let index = { (place: Int) in place < types.count ? place : nil }
    switch function {
    case .regexMatches, .regexMatchesIgnoringCase, .regexSubstring: break
    case .regexLike: flags = index(2)
    case .regexCount:
      start = index(2)
      flags = index(3)
    case .regexPosition:
      start = index(2)
      occurrence = index(3)
      atEnd = index(4)
      flags = index(5)
      group = index(6)
    case .regexSubstr:
      start = index(2)
      occurrence = index(3)
      flags = index(4)
      group = index(5)
    case .regexCapture:
      flags = types.count > 3 ? 2 : nil
      group = types.count - 1
    case .regexReplace:
      replacement = index(2)
      if types.count == 4, types[3] == .text {
        flags = 3
      } else {
        start = index(3)
        occurrence = index(4)
        flags = index(5)
      }
    default: return nil
    }
  }

  /// The options that a flags argument asks for.
  ///
  /// - Throws: ``RegexError`` for a letter that is no option, or none of this function.
  func options(_ flags: String) throws(RegexError) -> RegexOptions {
    var options = try RegexOptions(flags: flags)
    if options.isGlobal, function != .regexReplace {
      throw RegexError("\(function.rawValue)() does not support the \"global\" option")
    }
    options.ignoresCase = options.ignoresCase || ignoresCase
    return options
  }
}
