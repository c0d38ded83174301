import Columnar

/// The zone argument of a call: read once when it is a constant.
struct Zone {
  private let constant: Int64?
  private let read: (String) -> Int?

  /// - Throws: ``SQLError`` for a constant text that is no fixed zone.
  init(_ node: ExpressionNode, reading read: @escaping (String) -> Int?) throws(SQLError) {
    self.read = read
    guard let node = node as? ConstantNode, !node.isNull, node.type == .text else {
      constant = nil
      return
    }
    let text = node.value(as: StringView.self).string
    guard let seconds = read(text) else { throw SQLError(position: nil, Self.refusal(text)) }
    constant = Int64(seconds) * 1_000_000
  }

  /// Microseconds east of UTC that argument `index` says in `row`.
  func offset(_ call: KernelCall, _ index: Int, _ row: Int) throws(EvaluationError) -> Int64 {
    if let constant { return constant }
    if call.inputs[index].type == .interval {
      let span = call.values(index, Interval.self)[row]
      guard span.months == 0, span.days == 0 else {
        throw EvaluationError(
          row: row, "interval time zone \"\(span)\" must not include months or days")
      }
      return span.microseconds - span.microseconds % 1_000_000
    }
    let text = call.values(index, StringView.self)[row].string
    guard let seconds = read(text) else { throw EvaluationError(row: row, Self.refusal(text)) }
    return Int64(seconds) * 1_000_000
  }

  /// Why a text is refused as a zone.
  static func refusal(_ text: String) -> String {
    "time zone \"\(text.prefix(60))\" is not supported: zones are UTC and fixed offsets, such as "
      + "'+02' (west of UTC, as in PostgreSQL) or interval '2 hours' (east)"
  }
}
