import PipelineCore

extension RawHeader {
  /// What the header says, once all that can be told from it alone is as the specification demands.
  ///
  /// - Throws: ``WireError`` with code `version` or `malformed`.
  func validated() throws(WireError) -> DataHeader {
    guard major == WireVersion.major else { throw .otherMajor(major) }
    guard let kind = DataKind(rawValue: kind) else {
      throw .malformed("data message of unknown kind \(self.kind)")
    }
    guard flags == 0 else { throw .malformed("\(kind.name): flags are \(flags) and not 0") }
    guard reserved == 0 else {
      throw .malformed("\(kind.name): reserved bytes 52..<56 are not 0")
    }
    guard sender.incarnation.rawValue != 0 else {
      throw .malformed("\(kind.name): the sender's incarnation is 0")
    }
    return DataHeader(
      kind: kind, stage: stage, run: RunID(rawValue: run), sender: sender,
      subject: try validatedSubject(kind))
  }

  private func validatedSubject(_ kind: DataKind) throws(WireError) -> NodeIncarnation? {
    if kind == .results {
      guard subject.node.rawValue == 0, subject.incarnation.rawValue == 0 else {
        throw .malformed("\(kind.name): has a subject, bytes 32..<48 are not 0")
      }
      return nil
    }
    guard subject.incarnation.rawValue != 0 else {
      throw .malformed("\(kind.name): the subject's incarnation is 0")
    }
    return subject
  }

  /// Checks the number of entries and the exact length of the frame.
  ///
  /// - Throws: ``WireError`` with code `malformed`.
  func validateCount(_ kind: DataKind, frameLength: Int) throws(WireError) {
    let legal = kind.hasEntries ? 1...WireLimits.entries : 0...0
    guard legal.contains(Int(count)) else {
      throw .malformed(
        "\(kind.name): \(count) entries; \(legal.lowerBound) to \(legal.upperBound) are allowed")
    }
    let expected = Self.size + Int(count) * RawEntry.size
    guard frameLength == expected else {
      throw .malformed(
        "\(kind.name): first frame has \(frameLength) bytes; "
          + "with \(count) entries it must have \(expected)")
    }
  }
}
