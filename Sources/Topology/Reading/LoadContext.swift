/// What the parts of loading share: the errors found so far, the surroundings, and the files read.
///
/// Reading goes on after an error, so that all of them are found: a reader reports what is wrong and
/// returns `nil`, and its caller takes the default instead.
final class LoadContext {
  /// Most errors that are reported.
  static let errorLimit = 1000

  /// The topology file.
  let file: String
  /// Where files and environment variables come from.
  let surroundings: Topology.Surroundings
  /// The text of each file read, in the order of reading.
  private var sources: [(file: String, lines: SourceLines)] = []
  /// The places of overrides, in the order given.
  private var overrides: [String] = []
  private var errors: [TopologyError] = []

  init(file: String, surroundings: Topology.Surroundings) {
    self.file = file
    self.surroundings = surroundings
  }

  /// Notes that something is wrong.
  func report(_ message: String, at position: TopologyPosition) {
    report(TopologyError(message, at: position))
  }

  /// Notes that something is wrong. What is reached twice through an alias is noted once, and
  /// beyond ``errorLimit`` nothing is.
  func report(_ error: TopologyError) {
    if errors.count < Self.errorLimit, !errors.contains(error) { errors.append(error) }
  }

  /// Notes the text of a file, for the places of characters within its scalars.
  func add(_ lines: SourceLines, of file: String) {
    sources.append((file, lines))
  }

  /// Notes the place of an override, for the order of errors.
  func add(override place: TopologyPosition) {
    overrides.append(place.file)
  }

  /// Throws when anything was wrong.
  func throwErrors() throws(TopologyErrors) {
    guard !errors.isEmpty else { return }
    let ranked = errors.enumerated().map { (rank: rank(of: $1), order: $0, error: $1) }
    let sorted = ranked.sorted {
      ($0.rank, $0.error.line, $0.error.column, $0.order)
        < ($1.rank, $1.error.line, $1.error.column, $1.order)
    }
    throw TopologyErrors(sorted.map(\.error))
  }

  private func rank(of error: TopologyError) -> Int {
    if error.file == file { return -1 }
    if let index = sources.firstIndex(where: { $0.file == error.file }) { return index }
    return sources.count + (overrides.firstIndex(of: error.file) ?? overrides.count)
  }

  /// The text of a scalar with environment variables filled in; `nil` when that fails.
  func filled(_ scalar: YAMLScalar, at position: TopologyPosition) -> String? {
    do {
      return try Substitution(scalar.text, variable: surroundings.variable).text
    } catch {
      report(error.message, at: position)
      return nil
    }
  }

  /// As ``filled(_:at:)``, with the places of the characters.
  func located(_ scalar: YAMLScalar, at position: TopologyPosition) -> SourceText? {
    let raw: SourceText
    if let lines = sources.first(where: { $0.file == position.file })?.lines {
      raw = ScalarAlignment.text(of: scalar, at: position, in: lines)
    } else {
      raw = SourceText(scalar.text, at: position)
    }
    do {
      return try Substitution(scalar.text, variable: surroundings.variable).locate(in: raw)
    } catch {
      report(error.message, at: raw.position(ofUTF8Offset: error.rawOffset))
      return nil
    }
  }
}
