import Columnar

/// Evaluates calls of regular expressions' functions row by row; a constant pattern is compiled
/// once.
final class RegexEvaluator {
  private let places: RegexArguments
  private let cache = RegexCache()
  private var constant: RegularExpression?
  private var flags: [UInt8] = []
  private var options: RegexOptions
  private var replacement: (bytes: [UInt8], view: RegexReplacement)?
  private var owner = ByteArena()
  private var built: [UInt8] = []

  /// - Parameter arguments: the call's, constants among which are known from now on.
  init(_ places: RegexArguments, _ arguments: [ExpressionNode]) {
    self.places = places
    options = RegexOptions()
    options.ignoresCase = places.ignoresCase
    constant = knownExpression(arguments)
  }

  /// The expression for a row.
  func expression(_ call: KernelCall, _ row: Int) throws -> RegularExpression {
    if let constant { return constant }
    do throws(RegexError) {
      if let index = places.flags {
        let view = call.text(index, row)
        if !view.bytes.elementsEqual(flags) {
          options = try places.options(view.string)
          flags = Array(view.bytes)
        }
      }
      return try cache.expression(call.text(1, row), options)
    } catch {
      throw EvaluationError(row: row, error.message)
    }
  }

  /// The byte where the search begins; `nil` behind the end of the text.
  func start(_ call: KernelCall, _ row: Int) throws -> Int? {
    guard let index = places.start else { return 0 }
    let start = Int(call.integer(index, row))
    guard start > 0 else { throw Self.invalid("start", start) }
    let text = call.text(0, row)
    if start == 1 { return 0 }
    let offset = text.offset(afterScalars: start - 1)
    // The place behind the last character is one, what lies further is none.
    guard offset == Int(text.length) else { return offset }
    return text.scalarCount >= start - 1 ? offset : nil
  }

  /// The value of an optional argument that is not below `minimum`.
  func value(
    _ index: Int?, _ name: String, _ call: KernelCall, _ row: Int, default other: Int,
    minimum: Int, maximum: Int = .max
  ) throws -> Int {
    guard let index else { return other }
    let value = Int(call.integer(index, row))
    guard value >= minimum, value <= maximum else { throw Self.invalid(name, value) }
    return value
  }

  /// What parentheses captured in `match`, in EvaluationError's words where that fails.
  func captures(
    _ expression: RegularExpression, _ text: StringView, _ match: Range<Int>
  ) throws -> [Range<Int>?] {
    do throws(RegexError) {
      return try expression.captures(text, match)
    } catch {
      throw EvaluationError(row: 0, error.message)
    }
  }

  /// The text with matches replaced; the text itself where there are none.
  ///
  /// - Parameter occurrence: which match to replace; all if 0.
  func replaced(
    _ call: KernelCall, _ row: Int, from start: Int, occurrence: Int
  ) throws -> StringView {
    let text = call.text(0, row)
    let expression = try expression(call, row)
    let replacement = parsed(call.text(places.replacement ?? 2, row))
    var matches = RegexMatches(expression, text, from: start)
    built.removeAll(keepingCapacity: true)
    var copied = 0
    var count = 0
    var hasReplaced = false
    while let match = matches.next() {
      count += 1
      if occurrence > 0, count != occurrence { continue }
      built += text.part(copied..<match.lowerBound).bytes
      let captures = replacement.usesCaptures ? try captures(expression, text, match) : []
      replacement.write(text, match, captures, to: &built)
      guard built.count <= TextBuilder.largest else { break }
      copied = match.upperBound
      hasReplaced = true
      if occurrence > 0 { break }
    }
    guard hasReplaced else { return text }
    built += text.part(copied..<Int(text.length)).bytes
    var builder = try TextBuilder(call.arena, capacity: built.count)
    built.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { builder.append(start, bytes.count) }
    }
    return builder.view
  }

  private func parsed(_ view: StringView) -> RegexReplacement {
    if let replacement, view.bytes.elementsEqual(replacement.bytes) { return replacement.view }
    owner.removeAll()
    let made = RegexReplacement(owner.copy(view))
    replacement = (Array(view.bytes), made)
    return made
  }

  /// The expression, when pattern and flags are constants; what is no pattern fails where it is
  /// evaluated.
  private func knownExpression(_ arguments: [ExpressionNode]) -> RegularExpression? {
    var texts: [String] = []
    for index in [1, places.flags].compactMap({ $0 }) {
      guard let node = arguments[index] as? ConstantNode, !node.isNull else { return nil }
      texts.append(node.value(as: StringView.self).string)
    }
    do throws(RegexError) {
      let known = texts.count > 1 ? try places.options(texts[1]) : options
      return try RegularExpression(texts[0], known)
    } catch {
      return nil
    }
  }

  private static func invalid(_ name: String, _ value: Int) -> EvaluationError {
    EvaluationError(row: 0, "invalid value for parameter \"\(name)\": \(value)")
  }
}
