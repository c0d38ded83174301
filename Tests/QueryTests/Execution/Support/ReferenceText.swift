@testable import Query

/// Text functions on arrays of scalars.
enum ReferenceText {
  typealias Failure = ReferenceEvaluator.Failure
  private typealias Scalars = [Unicode.Scalar]

  static func call(
    _ function: Function, _ text: String, _ arguments: [Value]
  ) throws(Failure) -> Value {
    let scalars = Array(text.unicodeScalars)
    let texts = arguments.map { value -> Scalars in
      if case .text(let text) = value { Array(text.unicodeScalars) } else { [] }
    }
    let numbers = arguments.map { value -> Int in
      if case .integer(let number) = value { Int(number) } else { 0 }
    }
    switch function {
    case .lower: return .text(text.lowercased())
    case .upper: return .text(text.uppercased().replacing("SS", with: "ß"))
    case .length: return .integer(Int64(scalars.count))
    case .octetLength: return .integer(Int64(text.utf8.count))
    case .reverse: return show(scalars.reversed())
    case .concatenate: return show(scalars + texts[1])
    case .left:
      return show(scalars.prefix(numbers[1] >= 0 ? numbers[1] : max(0, scalars.count + numbers[1])))
    case .right:
      return show(scalars.suffix(numbers[1] >= 0 ? numbers[1] : max(0, scalars.count + numbers[1])))
    case .substring: return try substring(scalars, numbers)
    case .position: return .integer(Int64(position(of: texts[1], in: scalars)))
    case .startsWith: return .boolean(scalars.starts(with: texts[1]))
    case .replace:
      return texts[1].isEmpty
        ? .text(text) : show(Array(pieces(scalars, texts[1]).joined(separator: texts[2])))
    case .trim:
      let kept = scalars.drop { texts[1].contains($0) }
      return show(kept.reversed().drop { texts[1].contains($0) }.reversed())
    case .splitPart:
      let field = numbers[2]
      if field == 0 { throw Failure(message: "field position must not be zero") }
      let all = scalars.isEmpty || texts[1].isEmpty ? [scalars] : pieces(scalars, texts[1])
      let index = field > 0 ? field - 1 : all.count + field
      return all.indices.contains(index) ? show(all[index]) : .text("")
    case .lpad:
      let width = max(numbers[1], 0)
      if scalars.count >= width { return show(scalars.prefix(width)) }
      if texts[2].isEmpty { return .text(text) }
      let fill = (0..<(width - scalars.count)).map { texts[2][$0 % texts[2].count] }
      return show(fill + scalars)
    case .like: return .boolean(matches(scalars[...], texts[1][...]))
    default: throw Failure(message: "the reference has no \(function)")
    }
  }

  /// LIKE by the definition, with backslash as the escape.
  static func matches(
    _ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if first == "%" {
      return (text.startIndex...text.endIndex).contains { matches(text[$0...], rest) }
    }
    guard let character = text.first else { return false }
    if first == "_" { return matches(text.dropFirst(), rest) }
    if first == "\\", let escaped = rest.first {
      return character == escaped && matches(text.dropFirst(), rest.dropFirst())
    }
    return character == first && matches(text.dropFirst(), rest)
  }

  private static func show(_ scalars: some Sequence<Unicode.Scalar>) -> Value {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return .text(String(text))
  }

  private static func substring(_ scalars: Scalars, _ numbers: [Int]) throws(Failure) -> Value {
    guard numbers.count == 3 else { return show(scalars.dropFirst(max(numbers[1] - 1, 0))) }
    if numbers[2] < 0 { throw Failure(message: "negative substring length not allowed") }
    let wanted = numbers[1]..<numbers[1] + numbers[2]
    return show(
      scalars.enumerated().filter { wanted.contains($0.offset + 1) }.map(\.element))
  }

  private static func position(of wanted: Scalars, in text: Scalars) -> Int {
    for start in 0...text.count where text[start...].starts(with: wanted) { return start + 1 }
    return 0
  }

  private static func pieces(_ text: Scalars, _ delimiter: Scalars) -> [Scalars] {
    var pieces: [Scalars] = [[]]
    var index = 0
    while index < text.count {
      if text[index...].starts(with: delimiter) {
        pieces.append([])
        index += delimiter.count
      } else {
        pieces[pieces.count - 1].append(text[index])
        index += 1
      }
    }
    return pieces
  }
}
