import PipelineCore

/// Checks of fields that several messages have; each names the message and the field it refuses.
struct FieldCheck {
  /// What the message is called in errors.
  let message: String

  func fail(_ problem: String) -> WireError { .malformed("\(message): \(problem)") }

  /// Refuses a text above the limit; with `required`, an empty one too.
  func text(_ value: String, _ field: String, required: Bool = false) throws(WireError) -> String {
    let length = value.utf8.count
    guard length <= WireLimits.string else {
      throw fail("\(field) has \(length) bytes; at most \(WireLimits.string) are allowed")
    }
    guard !required || length > 0 else { throw fail("\(field) is empty") }
    return value
  }

  func interval(_ nanoseconds: UInt64) throws(WireError) -> Span {
    guard let value = Int64(exactly: nanoseconds), WireLimits.interval.contains(value) else {
      throw fail("interval is \(nanoseconds) ns; 1 ms to 1 h are allowed")
    }
    return Span(nanoseconds: value)
  }

  func roles(_ value: UInt32) throws(WireError) -> Roles {
    guard (1...15).contains(value) else {
      throw fail("roles are \(value); a sum of 1, 2, 4 and 8 is allowed")
    }
    return Roles(rawValue: UInt8(value))
  }

  func sequence(_ value: UInt64) throws(WireError) -> UInt64 {
    guard value >= 1 else { throw fail("sequence is 0; sequences count from 1") }
    return value
  }

  func node(_ value: ProtoNodeIncarnation, _ field: String) throws(WireError) -> NodeIncarnation {
    guard value.incarnation != 0 else { throw fail("\(field) has no incarnation, or 0") }
    return NodeIncarnation(
      node: NodeID(rawValue: value.node), incarnation: Incarnation(rawValue: value.incarnation))
  }

  /// Refuses a list that does not rise from each value to the next.
  func ascending(_ values: [some Comparable], _ field: String) throws(WireError) {
    for (one, next) in zip(values, values.dropFirst()) where one >= next {
      throw fail("\(field) are not in ascending order, each once")
    }
  }

  func endpoints(_ value: ProtoEndpoints) throws(WireError) -> Beat.Endpoints {
    guard value.key.isEmpty || value.key.count == WireLimits.key else {
      throw fail("a key has \(value.key.count) bytes; none or \(WireLimits.key) are allowed")
    }
    return Beat.Endpoints(
      lane: try text(value.lane, "endpoint of lane"),
      results: try text(value.results, "endpoint of results"),
      receipts: try text(value.receipts, "endpoint of receipts"),
      orders: try text(value.orders, "endpoint of orders"), key: Array(value.key))
  }
}
