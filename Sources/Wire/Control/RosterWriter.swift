package import PipelineCore

/// Writes rosters that follow each other, most of whose members are as they were.
package struct RosterWriter: Sendable {
  private var members: [Roster.Member] = []
  /// The members' fields, one after another.
  private var fields: [UInt8] = []
  /// Where each member's field ends in ``fields``.
  private var ends: [Int] = []

  /// A writer that has written nothing.
  package init() {}

  /// The roster's frame on the roster channel. Names above the limit of texts are cut.
  package mutating func frame(_ roster: Roster) -> [UInt8] {
    if members != roster.members { follow(roster.members) }
    var frame = roster.encodedWithoutMembers()
    // Theirs is the last field.
    frame.append(contentsOf: fields)
    return frame
  }

  /// Brings the members' fields up to date, and makes those anew that are not as they were.
  private mutating func follow(_ members: [Roster.Member]) {
    var fields: [UInt8] = []
    var ends: [Int] = []
    fields.reserveCapacity(self.fields.count + 64)
    ends.reserveCapacity(members.count)
    var old = 0
    for member in members {
      // Both are in ascending order of node.
      while old < self.members.count, self.members[old].node.node < member.node.node { old += 1 }
      if old < self.members.count, self.members[old] == member {
        fields.append(contentsOf: self.fields[(old == 0 ? 0 : self.ends[old - 1])..<self.ends[old]])
      } else {
        member.append(to: &fields)
      }
      ends.append(fields.count)
    }
    self.members = members
    self.fields = fields
    self.ends = ends
  }
}
