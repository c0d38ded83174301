import PipelineCore
import Wire

/// Beats, rosters and orders: what decodes is encoded to bytes that decode to the same value.
enum ControlTarget: FuzzTarget {
  static let name = "control"

  static var seeds: [[UInt8]] { ControlSeeds.messages.map { $0.encoded() } }

  static func messageStart(in input: UnsafeRawBufferPointer) -> Int? { input.count > 4 ? 4 : nil }

  static func feed(_ input: UnsafeRawBufferPointer) {
    let message: ControlMessage
    do {
      message = try ControlMessage(frame: input)
    } catch {
      require(!error.message.isEmpty, "a refusal says why")
      return
    }
    let encoded = message.encoded()
    do {
      let again = try encoded.withUnsafeBytes { bytes throws(WireError) in
        try ControlMessage(frame: bytes)
      }
      require(again == message, "\(message) came back as \(again)")
      require(again.encoded() == encoded, "\(message) has two encodings")
    } catch {
      fatalError("\(message) is refused after it was encoded: \(error)")
    }
  }
}
