import Columnar
import Formats
import Operators
import Topology

extension Topology.FileSource {
  /// The files at `paths`: what they are, what columns they have, where their records start.
  ///
  /// - Parameter what: what errors call the files.
  /// - Throws: what is wrong with the files, or with the columns that are declared.
  func planned(
    _ paths: [String], called what: String
  ) throws(TopologyErrors) -> PlannedInput {
    let overrides = columns.map { column in
      ColumnOverride(name: column.name, type: ColumnType(column.type))
    }
    do throws(InputPlanError) {
      return try InputPlanner(format: InputFormat(self), overrides: overrides).plan(paths: paths)
    } catch {
      switch error {
      case .source(let error): throw TopologyErrors(error.message, at: Self.place(of: error))
      case .unknownColumns(let unknown):
        throw TopologyErrors(
          unknown.compactMap { column in
            guard let place = columns.first(where: { $0.name == column.name })?.position else {
              return nil
            }
            let suggestion = column.nearest.map { "; did you mean '\($0)'?" } ?? ""
            return TopologyError("\(what) has no column '\(column.name)'\(suggestion)", at: place)
          })
      }
    }
  }

  /// The place in a file that an error names, with a line where it can be counted.
  private static func place(of error: SourceError) -> TopologyPosition {
    guard let offset = error.offset else { return TopologyPosition(file: error.path) }
    return TopologyPosition(file: SourcePlace(path: error.path, offset: offset).description)
  }
}

extension InputFormat {
  /// The format that a topology's source names.
  init(_ source: Topology.FileSource) {
    let options = CSVOptions(
      delimiter: source.delimiter, quote: source.quote, header: source.header, nulls: source.nulls)
    let kind: Kind =
      switch source.format {
      case .csv, .tsv: .delimited(options)
      case .jsonl: .jsonLines
      case .text: .text
      case .bytes: .bytes
      }
    self.init(
      kind, maxRecord: source.maxRecord, onBadRecord: source.onBadRecord == .skip ? .skip : .fail)
  }
}

extension ColumnType {
  /// The type that a topology's name stands for.
  init(_ name: ColumnTypeName) {
    self =
      switch name {
      case .boolean: .boolean
      case .integer: .integer
      case .bigint: .bigint
      case .double: .double
      case .numeric: .numeric
      case .text: .text
      case .date: .date
      case .timestamp: .timestamp
      case .timestamptz: .timestamptz
      case .interval: .interval
      }
  }
}
