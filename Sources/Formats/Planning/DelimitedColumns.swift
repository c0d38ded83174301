import Operators

/// The names of the columns of delimited files: those of the header, the same in every file, or
/// c1, c2, … where there is none.
struct DelimitedColumns {
  /// The names, in the order of the fields; unique.
  let names: [String]

  /// Takes the names from the heads of `files`, of which some may be empty.
  init(_ files: [SourceFile], _ heads: [FileHead], hasHeader: Bool) throws(SourceError) {
    guard let first = heads.indices.first(where: { heads[$0].fields != nil }),
      let fields = heads[first].fields
    else {
      throw Self.empty(files, hasHeader: hasHeader)
    }
    guard hasHeader else {
      names = (1...max(fields.count, 1)).map { "c\($0)" }
      return
    }
    try Self.check(fields, of: files[first])
    for index in heads.indices.dropFirst(first + 1) {
      guard let others = heads[index].fields, others != fields else { continue }
      throw Self.difference(files[index], others, from: files[first], fields)
    }
    names = fields
  }

  private static func empty(_ files: [SourceFile], hasHeader: Bool) -> SourceError {
    let subject = files.count == 1 ? "the file is empty" : "all \(files.count) files are empty"
    let remedy =
      hasHeader
      ? "but the first line should name the columns; write a header line, or check the path"
      : "so there is no record to count columns in; write at least one, or check the path"
    return SourceError(path: files.first?.path ?? "source", message: "\(subject), \(remedy)")
  }

  private static func check(_ names: [String], of file: SourceFile) throws(SourceError) {
    var positions: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard !name.isEmpty else {
        throw SourceError(
          path: file.path,
          message: "column \(index + 1) has no name in the header; give it one, or set "
            + "source.header: false if the first line is data")
      }
      if let other = positions[name] {
        throw SourceError(
          path: file.path,
          message: "columns \(other + 1) and \(index + 1) are both named "
            + "'\(Printable.escaped(name))' in the header; rename one, or set "
            + "source.header: false if the first line is data")
      }
      positions[name] = index
    }
  }

  private static func difference(
    _ file: SourceFile, _ names: [String], from first: SourceFile, _ expected: [String]
  ) -> SourceError {
    let pairs = zip(names, expected)
    let how: String
    if let column = pairs.enumerated().first(where: { $0.element.0 != $0.element.1 }) {
      let (here, there) = column.element
      how =
        "column \(column.offset + 1) is '\(Printable.escaped(here))' here and "
        + "'\(Printable.escaped(there))' there"
    } else {
      how = "it has \(names.count) columns, that one has \(expected.count)"
    }
    return SourceError(
      path: file.path,
      message: "the header differs from that of \(first.path): \(how); "
        + "all files of a source need the same header")
  }
}
