/// A pattern of `to_char` for numbers, taken apart.
struct NumberPattern: Sendable {
  enum Item: Equatable, Sendable {
    /// A digit, or with `zero` a digit that leading zeros are shown from.
    case digit(zero: Bool)
    case point
    case comma
    case minus, plus, sign
    case currency
    case ordinal(upper: Bool)
    case roman(upper: Bool)
    case literal(Unicode.Scalar)
  }

  enum SignPlace: Equatable, Sendable { case none, before, after }

  /// Digits of a pattern at most.
  static let maxDigits = 200

  private(set) var items: [Item] = []
  /// Digits in front of and behind the decimal point.
  var digitsBefore = 0
  var digitsAfter = 0
  /// Digits behind `V`: powers of ten to multiply by.
  private(set) var shift = 0
  private(set) var isShifted = false
  private(set) var hasPoint = false
  private(set) var hasZero = false
  /// Where leading zeros begin, and the last zero, in digits.
  private(set) var zeroStart = 0
  private(set) var zeroEnd = 0
  /// FM: no padding.
  private(set) var isCompact = false
  private(set) var isScientific = false
  private(set) var hasBrackets = false
  private(set) var hasMinus = false
  private(set) var hasPlus = false
  private(set) var hasSign = false
  private(set) var signPlace = SignPlace.none
  private(set) var digitsBeforeSign = 0

  var isRoman: Bool { items.contains { if case .roman = $0 { true } else { false } } }

  /// Reads a pattern.
  ///
  /// - Throws: ``NumberPatternError`` for parts that do not go together or are not supported.
  init(_ text: String) throws(NumberPatternError) {
    let scalars = Array(text.unicodeScalars)
    var next = 0
    while next < scalars.count {
      if scalars[next] == "\"" {
        next = quoted(scalars, from: next + 1)
      } else if scalars[next] == "\\", next + 1 < scalars.count, scalars[next + 1] == "\"" {
        items.append(.literal("\""))
        next += 2
      } else if let word = Self.words.first(where: { Self.stands($0, in: scalars, at: next) }) {
        let isUpper = scalars[next].properties.isUppercase
        try add(word, isUpper: isUpper)
        next += word.unicodeScalars.count
      } else {
        items.append(.literal(scalars[next]))
        next += 1
      }
    }
    guard digitsBefore + digitsAfter + shift <= Self.maxDigits else {
      throw NumberPatternError(
        "a number pattern of more than \(Self.maxDigits) digits is not supported")
    }
  }

  // Longer words first.
  private static let words = [
    "EEEE", "FM", "MI", "PL", "PR", "RN", "SG", "SP", "TH", ",", ".", "0", "9", "B", "C", "D", "G",
    "L", "S", "V",
  ]

  private static func stands(_ word: String, in text: [Unicode.Scalar], at start: Int) -> Bool {
    let count = word.unicodeScalars.count
    guard start + count <= text.count else { return false }
    let shown = String(String.UnicodeScalarView(text[start..<start + count]))
    return shown == word || shown == word.lowercased()
  }

  /// Text in double quotes stands for itself.
  private mutating func quoted(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var next = start
    while next < scalars.count, scalars[next] != "\"" {
      if scalars[next] == "\\", next + 1 < scalars.count { next += 1 }
      items.append(.literal(scalars[next]))
      next += 1
    }
    return next + 1
  }

  private mutating func add(_ word: String, isUpper: Bool) throws(NumberPatternError) {
    if isScientific { throw NumberPatternError("\"EEEE\" must be the last pattern used") }
    switch word {
    case "9", "0": try addDigit(zero: word == "0")
    case ".", "D": try addPoint()
    case ",", "G": items.append(.comma)
    case "FM": isCompact = true
    case "S": try addSign()
    case "MI", "PL", "SG":
      if hasSign { throw NumberPatternError("cannot use \"S\" and \"\(word)\" together") }
      hasMinus = hasMinus || word != "PL"
      hasPlus = hasPlus || word != "MI"
      items.append(word == "MI" ? .minus : word == "PL" ? .plus : .sign)
    case "PR":
      if hasSign || hasPlus || hasMinus {
        throw NumberPatternError("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together")
      }
      hasBrackets = true
    case "L": items.append(.currency)
    case "TH": items.append(.ordinal(upper: isUpper))
    case "RN": items.append(.roman(upper: isUpper))
    case "V":
      if hasPoint { throw NumberPatternError("cannot use \"V\" and decimal point together") }
      isShifted = true
    case "EEEE": try addExponent()
    default: throw NumberPatternError("\"\(word)\" in a number pattern is not supported")
    }
  }

  private mutating func addDigit(zero: Bool) throws(NumberPatternError) {
    if hasBrackets { throw NumberPatternError("\"9\" must be ahead of \"PR\"") }
    items.append(.digit(zero: zero))
    if zero {
      if !hasZero, !hasPoint {
        hasZero = true
        zeroStart = digitsBefore
      }
    } else if isShifted {
      shift += 1
      return
    }
    if hasPoint { digitsAfter += 1 } else { digitsBefore += 1 }
    if zero { zeroEnd = digitsBefore + digitsAfter }
  }

  private mutating func addPoint() throws(NumberPatternError) {
    if hasPoint { throw NumberPatternError("multiple decimal points") }
    if isShifted { throw NumberPatternError("cannot use \"V\" and decimal point together") }
    hasPoint = true
    items.append(.point)
  }

  private mutating func addSign() throws(NumberPatternError) {
    if hasSign { throw NumberPatternError("cannot use \"S\" twice") }
    if hasPlus || hasMinus || hasBrackets {
      throw NumberPatternError("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together")
    }
    hasSign = true
    signPlace = hasPoint ? .after : .before
    digitsBeforeSign = digitsBefore
  }

  private mutating func addExponent() throws(NumberPatternError) {
    if hasPlus || hasMinus || hasSign || hasBrackets || isShifted || isRoman || isCompact {
      throw NumberPatternError("\"EEEE\" is incompatible with other formats")
    }
    isScientific = true
  }
}
