/// Writes a number's digits into a pattern, after `NUM_processor` of PostgreSQL's `formatting.c`.
struct NumberWriter {
  private let pattern: NumberPattern
  private let number: [UInt8]
  private let isNegative: Bool
  /// Places of the pattern in front of the first digit.
  private let spaces: Int
  /// The index of the last decimal that is not dropped, with FM.
  private var lastRelevant: Int?
  private var signPlace: NumberPattern.SignPlace
  private var hasBrackets: Bool
  private var isSignWritten: Bool
  private var count: Int
  private var place = 0
  private var next = 0
  private var isInNumber = false
  private var output: [UInt8] = []

  private static let point = UInt8(ascii: ".")

  /// The number as `pattern` shows it; `#` for every digit when there are too many.
  static func text(_ digits: NumberDigits, _ pattern: NumberPattern) -> [UInt8] {
    var writer = NumberWriter(digits, pattern)
    writer.write()
    return writer.output
  }

  private init(_ digits: NumberDigits, _ pattern: NumberPattern) {
    self.pattern = pattern
    isNegative = digits.isNegative
    let whole = digits.wholeCount
    if whole > pattern.digitsBefore {
      var hashes = [UInt8](
        repeating: UInt8(ascii: "#"), count: pattern.digitsBefore + pattern.digitsAfter + 1)
      hashes[pattern.digitsBefore] = Self.point
      number = hashes
      spaces = 0
    } else {
      number = digits.text
      spaces = pattern.digitsBefore - whole
    }
    signPlace = pattern.signPlace
    hasBrackets = pattern.hasBrackets
    if pattern.hasPlus || pattern.hasMinus {
      isSignWritten = pattern.hasMinus
    } else {
      if !isNegative, pattern.isCompact { hasBrackets = false }
      isSignWritten = !isNegative && pattern.isCompact && !pattern.hasSign
      if signPlace == .before, pattern.digitsBefore == pattern.digitsBeforeSign {
        signPlace = .after
      }
    }
    count = pattern.digitsAfter + pattern.digitsBefore - 1
    if pattern.isCompact, pattern.hasPoint, let dot = number.firstIndex(of: Self.point) {
      var last = number[dot...].lastIndex { $0 != 0x30 } ?? dot
      if pattern.zeroEnd > spaces {
        last = max(last, min(number.count - 1, pattern.zeroEnd - spaces))
      }
      lastRelevant = last
    }
    if !isSignWritten, spaces == 0 { count += 1 }
  }

  private mutating func write() {
    for item in pattern.items {
      switch item {
      case .digit(let zero): writeDigit(isZero: zero)
      case .point: writeDigit(isZero: false)
      case .comma:
        if isInNumber {
          output.append(UInt8(ascii: ","))
        } else if !pattern.isCompact {
          output.append(0x20)
        }
      case .minus: writeSign(isNegative ? UInt8(ascii: "-") : nil)
      case .plus: writeSign(isNegative ? nil : UInt8(ascii: "+"))
      case .sign: output.append(sign)
      case .currency: output.append(0x20)
      case .ordinal(let isUpper): writeOrdinal(isUpper)
      case .roman: break
      case .literal(let scalar): output += Array(String(scalar).utf8)
      }
    }
  }

  private var sign: UInt8 { isNegative ? UInt8(ascii: "-") : UInt8(ascii: "+") }

  private mutating func writeSign(_ sign: UInt8?) {
    if let sign { output.append(sign) } else if !pattern.isCompact { output.append(0x20) }
  }

  /// Whether the zero in front of a point is left out here.
  private var isLeadingZero: Bool {
    !pattern.hasZero && next == 0 && number.first == 0x30 && pattern.digitsAfter != 0
  }

  private var endsAtPoint: Bool { lastRelevant.map { number[$0] == Self.point } ?? false }

  private mutating func writeDigit(isZero: Bool) {
    isInNumber = false
    writeLeadingSign()
    let isZeroFrom = pattern.hasZero && pattern.zeroStart <= place
    if place < spaces, !isZeroFrom {
      if !pattern.isCompact { output.append(0x20) }
    } else if place < spaces {
      output.append(0x30)
      isInNumber = true
    } else {
      writeFromNumber(isZero: isZero)
      if next < number.count { next += 1 }
    }
    var end = count + (spaces > 0 ? 1 : 0) + (pattern.hasPoint ? 1 : 0)
    if let lastRelevant, lastRelevant == next { end = place }
    if place + 1 == end { writeTrailingSign() }
    place += 1
  }

  private mutating func writeLeadingSign() {
    guard !isSignWritten, place >= spaces || (pattern.hasZero && pattern.zeroStart == place),
      !isLeadingZero || endsAtPoint
    else { return }
    if pattern.hasSign {
      guard signPlace == .before else { return }
      output.append(sign)
    } else if hasBrackets {
      output.append(isNegative ? UInt8(ascii: "<") : 0x20)
    } else if isNegative {
      output.append(sign)
    } else if !pattern.isCompact {
      output.append(0x20)
    }
    isSignWritten = true
  }

  private mutating func writeFromNumber(isZero: Bool) {
    guard next < number.count else { return }
    if number[next] == Self.point {
      output.append(Self.point)
    } else if let lastRelevant, next > lastRelevant, !isZero {
      return
    } else if isLeadingZero {
      if !pattern.isCompact {
        output.append(0x20)
      } else if endsAtPoint {
        output.append(0x30)
      }
    } else {
      output.append(number[next])
      isInNumber = true
    }
  }

  private mutating func writeTrailingSign() {
    if isSignWritten, hasBrackets {
      output.append(isNegative ? UInt8(ascii: ">") : 0x20)
    } else if pattern.hasSign, signPlace == .after {
      output.append(sign)
    }
  }

  private mutating func writeOrdinal(_ isUpper: Bool) {
    guard number.first != UInt8(ascii: "#"), !isNegative, !pattern.hasPoint else { return }
    let last = number.last ?? 0x30
    let isTeen = number.count > 1 && number[number.count - 2] == UInt8(ascii: "1")
    let ending =
      switch (isTeen, last) {
      case (false, UInt8(ascii: "1")): "st"
      case (false, UInt8(ascii: "2")): "nd"
      case (false, UInt8(ascii: "3")): "rd"
      default: "th"
      }
    output += Array((isUpper ? ending.uppercased() : ending).utf8)
  }
}
