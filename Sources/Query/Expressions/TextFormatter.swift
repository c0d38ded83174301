/// Fills in a format of PostgreSQL's `format`: `%[n$][-][width]` and one of `s`, `I`, `L`, or `%%`.
struct TextFormatter {
  /// Arguments behind the format.
  var argumentCount = 0
  private let format: [Unicode.Scalar]
  private let argument: (Int) -> String?
  private var next = 0
  private var used = 0

  /// - Parameter argument: the text of an argument, counted from one; `nil` for NULL.
  init(_ format: UnsafeBufferPointer<UInt8>, argument: @escaping (Int) -> String?) {
    self.format = Array(String(decoding: format, as: UTF8.self).unicodeScalars)
    self.argument = argument
  }

  /// The format with its arguments filled in.
  mutating func formatted() throws -> String {
    var result = String.UnicodeScalarView()
    while next < format.count {
      let scalar = format[next]
      next += 1
      guard scalar == "%" else {
        result.append(scalar)
        continue
      }
      if try peek() == "%" {
        next += 1
        result.append("%")
        continue
      }
      result.append(contentsOf: try specifier().unicodeScalars)
      guard result.count <= TextBuilder.largest else {
        throw Self.error("requested length too large")
      }
    }
    return String(result)
  }

  private mutating func specifier() throws -> String {
    var position = try number()
    var width = 0
    var isLeft = false
    if let found = position {
      if try peek() == "$" {
        next += 1
        position = try checked(found)
      } else {
        width = found
        position = nil
        return try conversion(nil, width: width, isLeft: false)
      }
    }
    while try peek() == "-" {
      isLeft = true
      next += 1
    }
    if try peek() == "*" {
      next += 1
      width = try widthArgument()
    } else {
      width = try number() ?? 0
    }
    if width < 0 {
      isLeft = true
      width = -width
    }
    return try conversion(position, width: width, isLeft: isLeft)
  }

  private mutating func widthArgument() throws -> Int {
    let index: Int
    if let found = try number() {
      guard try peek() == "$" else {
        throw Self.error("width argument position must be ended by \"$\"")
      }
      next += 1
      index = try checked(found)
    } else {
      index = try nextArgument(nil)
    }
    used = index
    guard let text = try value(index) else { return 0 }
    guard let width = Int32(text) else {
      throw Self.error("invalid input syntax for type integer: \"\(text)\"")
    }
    return Int(width)
  }

  private mutating func conversion(
    _ position: Int?, width: Int, isLeft: Bool
  ) throws -> String {
    let kind = try peek()
    next += 1
    guard kind == "s" || kind == "I" || kind == "L" else {
      throw Self.error("unrecognized format() type specifier \"\(kind)\"")
    }
    let index = try nextArgument(position)
    used = index
    let text = try value(index)
    let shown: String
    switch kind {
    case "I":
      guard let text else {
        throw Self.error("null values cannot be formatted as an SQL identifier")
      }
      shown = SQLQuoting.identifier(text)
    case "L": shown = text.map(SQLQuoting.literal) ?? "NULL"
    default: shown = text ?? ""
    }
    let missing = width - shown.unicodeScalars.count
    guard missing > 0 else { return shown }
    guard missing <= TextBuilder.largest else { throw Self.error("requested length too large") }
    let spaces = String(repeating: " ", count: missing)
    return isLeft ? shown + spaces : spaces + shown
  }

  private func value(_ index: Int) throws -> String? {
    guard index <= argumentCount else { throw Self.error("too few arguments for format()") }
    return argument(index)
  }

  private func nextArgument(_ position: Int?) throws -> Int { position ?? used + 1 }

  private func checked(_ position: Int) throws -> Int {
    guard position > 0 else {
      throw Self.error("format specifies argument 0, but arguments are numbered from 1")
    }
    return position
  }

  /// The number that comes next, or `nil`.
  private mutating func number() throws -> Int? {
    var value: Int?
    while case let scalar = try peek(), ("0"..."9").contains(scalar) {
      let digit = Int(scalar.value - 0x30)
      value = (value ?? 0) * 10 + digit
      guard let value, Int32(exactly: value) != nil else {
        throw Self.error("number is out of range")
      }
      next += 1
    }
    return value
  }

  private func peek() throws -> Unicode.Scalar {
    guard next < format.count else {
      throw Self.error("unterminated format() type specifier")
    }
    return format[next]
  }

  private static func error(_ message: String) -> EvaluationError {
    EvaluationError(row: 0, message)
  }
}
