import PipelineCore
import Wire

/// Requests and responses of the commands channel: what decodes is encoded to bytes that decode to
/// the same value.
enum CommandsTarget: FuzzTarget {
  static let name = "commands"

  static var seeds: [[UInt8]] {
    CommandSeeds.requests.map { $0.encoded() } + CommandSeeds.responses.map { $0.encoded() }
  }

  static func messageStart(in input: UnsafeRawBufferPointer) -> Int? { input.count > 4 ? 4 : nil }

  static func feed(_ input: UnsafeRawBufferPointer) {
    // Both read every frame, as a peer may send either where the other was due.
    let request = decoded(input, Request.init(frame:))
    let response = decoded(input, Response.init(frame:))
    require(request == nil || response == nil, "a frame is a request and a response")
    if let request { check(request, request.encoded(), request.sizeLimit, Request.init(frame:)) }
    if let response {
      check(response, response.encoded(), response.sizeLimit, Response.init(frame:))
    }
  }

  private static func decoded<Value>(
    _ frame: UnsafeRawBufferPointer,
    _ decode: (UnsafeRawBufferPointer) throws(WireError) -> Value
  ) -> Value? {
    do {
      return try decode(frame)
    } catch {
      require(!error.message.isEmpty, "a refusal says why")
      return nil
    }
  }

  private static func check<Value: Equatable>(
    _ value: Value, _ encoded: [UInt8], _ limit: Int,
    _ decode: (UnsafeRawBufferPointer) throws(WireError) -> Value
  ) {
    require(encoded.count <= limit, "\(value) is encoded to \(encoded.count) bytes of \(limit)")
    do {
      let again = try encoded.withUnsafeBytes { bytes throws(WireError) in try decode(bytes) }
      require(again == value, "\(value) came back as \(again)")
    } catch {
      fatalError("\(value) is refused after it was encoded: \(error)")
    }
  }
}
