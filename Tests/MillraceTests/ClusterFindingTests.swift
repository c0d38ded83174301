import Testing

@testable import Millrace

@Suite struct ClusterFindingTests {
  private static var core: ClusterCore {
    var core = ClusterCore()
    for number: UInt64 in [0x1a, 0x2b, 0x2c] { _ = core.take(.submitted(.test(number))) }
    return core
  }

  @Test(
    arguments: [
      ("last", 0x2c), ("20261121-205612-delays-002b", 0x2b), ("delays-001a", 0x1a), ("002c", 0x2c),
      ("000000000000001a", 0x1a), ("0000002b", 0x2b),
    ] as [(String, UInt64)])
  func aRunIsFound(_ text: String, _ number: UInt64) throws {
    #expect(try Self.core.find(text).number == number)
  }

  @Test(arguments: [
    ("nothing", "no run is called \"nothing\"; millrace status lists them"),
    ("2026", "\"2026\" could be 3 runs"), ("", "no run is called"),
    ("00000000000000ff", "no run is called"),
  ])
  func whatIsNotFoundIsNamed(_ text: String, _ says: String) {
    #expect { try Self.core.find(text) } throws: { "\($0)".contains(says) }
  }

  @Test func anEmptyClusterSaysSo() {
    #expect { try ClusterCore().find("last") } throws: { "\($0)".contains("there are no runs yet") }
  }
}
