import PipelineCore
import Testing
import Wire

@Suite("A writer that remembers members writes what one that does not writes")
struct RosterWriterTests {
  @Test(arguments: 0..<50 as Range<UInt64>)
  func rostersThatFollowEachOther(_ seed: UInt64) throws {
    var arbitrary = Arbitrary(seed: seed)
    var random = Random(seed: seed)
    var writer = RosterWriter()
    var roster = arbitrary.roster()
    for _ in 0..<40 {
      roster.sequence = max(1, roster.sequence &+ 1)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: roster = arbitrary.roster()
      case 1 where !roster.members.isEmpty:
        roster.members.remove(at: .random(in: roster.members.indices, using: &random))
      case 2:
        for place in roster.members.indices where Bool.random(using: &random) {
          roster.members[place].held = .random(in: 0 ... .max, using: &random)
        }
      case 3:
        let last = roster.members.last?.node.node.rawValue ?? 0
        var member = Samples.roster.members[0]
        member.node.node = NodeID(rawValue: last &+ 1)
        if last < .max { roster.members.append(member) }
      default: break
      }
      let frame = writer.frame(roster)
      #expect(frame == roster.encoded())
      #expect(try ControlTests.decode(frame) == .roster(roster))
    }
  }
}
