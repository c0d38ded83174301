import PipelineCore
import Testing
import Wire

/// The bytes of one message of each kind. A change of the format fails here, and then asks for
/// another version: other releases and workers in other languages read these bytes.
@Suite struct GoldenTests {
  @Test(arguments: DataKind.allCases)
  func dataMessagesKeepTheirBytes(_ kind: DataKind) throws {
    let packet = Samples.packet(kind)
    let golden = try #require(Golden.data[kind])
    #expect(packet.frame == Hex.bytes(golden.frame))
    #expect(packet.payload == Hex.bytes(golden.payload))
  }

  @Test func controlMessagesKeepTheirBytes() {
    #expect(Samples.beat.encoded() == Hex.bytes(Golden.beat))
    #expect(Samples.roster.encoded() == Hex.bytes(Golden.roster))
    #expect(Samples.ventilatorBeat.encoded() == Hex.bytes(Golden.ventilatorBeat))
    #expect(Samples.order.encoded() == Hex.bytes(Golden.order))
    #expect(Samples.orderWithSuspect.encoded() == Hex.bytes(Golden.orderWithSuspect))
  }
}
