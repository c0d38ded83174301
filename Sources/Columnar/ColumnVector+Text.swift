extension ColumnVector {
  /// Copies the bytes of all text into one place that the vector owns, and lets go of ``owners``.
  ///
  /// Does nothing for other types.
  package func copyText() {
    guard type == .text else { return }
    var total = 0
    let views = values(as: StringView.self)
    for row in 0..<count where validity[row] != 0 { total += Int(views[row].length) }
    let own = ByteArena(capacity: total)
    copyText(into: own)
    arena = own
  }

  /// Copies the bytes of all text into `arena`, which becomes the only owner.
  ///
  /// Does nothing for other types.
  package func copyText(into arena: ByteArena) {
    guard type == .text else { return }
    let views = values(as: StringView.self)
    for row in 0..<count {
      views[row] = validity[row] != 0 ? arena.copy(views[row]) : .empty
    }
    owners.removeAll(keepingCapacity: true)
    owners.append(arena)
    self.arena = nil
  }
}
