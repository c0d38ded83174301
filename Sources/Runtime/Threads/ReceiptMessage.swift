import PipelineCore
import Wire
import ZeroMQ

/// What a sink tells a ventilator or a supervisor.
enum ReceiptMessage {
  case receipts([Receipt], from: NodeIncarnation)
  /// All that is stored: the sink's word.
  case stored(PartitionBitmap, by: NodeIncarnation)

  /// The message in these frames, or `nil` when it is of another run, or is a word for another
  /// incarnation that had this address before: it may lack what was stored since.
  ///
  /// - Throws: ``WireError``.
  init?(
    _ header: SharedMessage, _ payload: SharedMessage, run: RunID, recipient: NodeIncarnation
  ) throws(WireError) {
    // The bytes stay where they are meanwhile.
    defer { withExtendedLifetime((header, payload)) {} }
    let message = try DataMessage(frame: header.bytes, payload: payload.bytes)
    guard message.header.run == run else { return nil }
    switch message.content {
    case .stored(let bitmap):
      guard message.header.subject == recipient else { return nil }
      self = .stored(bitmap, by: message.header.sender)
    case .receipts(let entries):
      var list: [Receipt] = []
      list.reserveCapacity(entries.count)
      for (entry, payload) in entries {
        list.append(try Receipt(entry, payload: payload, header: message.header))
      }
      self = .receipts(list, from: message.header.sender)
    case .stage, .lane, .recall, .results:
      throw .init(.malformed, "only what a sink says belongs on this channel")
    }
  }
}
