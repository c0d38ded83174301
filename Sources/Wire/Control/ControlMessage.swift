package import PipelineCore

/// A message of the beats, roster and orders channels: one frame.
package enum ControlMessage: Sendable, Equatable {
  /// On the beats channel, from a node to the supervisor.
  case beat(Beat)
  /// On the roster channel, from the supervisor to all nodes.
  case roster(Roster)
  /// On the orders channel, from the supervisor to a ventilator.
  case order(OrderMessage)

  /// Reads and checks a message.
  ///
  /// - Throws: ``WireError``. A message that throws has no effect.
  package init(frame: UnsafeRawBufferPointer) throws(WireError) {
    let kind = try ControlKind(frame)
    let body = UnsafeRawBufferPointer(rebasing: frame[ControlKind.prefixSize...])
    self =
      switch kind {
      case .beat: .beat(try Beat(wire: body))
      case .roster: .roster(try Roster(wire: body))
      case .order: .order(try OrderMessage(wire: body))
      case .request, .response:
        throw .malformed("a command came on a channel that carries none")
      }
  }

  /// The message's frame.
  package func encoded() -> [UInt8] {
    switch self {
    case .beat(let beat): beat.encoded()
    case .roster(let roster): roster.encoded()
    case .order(let order): order.encoded()
    }
  }
}
