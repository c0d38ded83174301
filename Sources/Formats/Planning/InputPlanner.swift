import Columnar
import Operators

/// Finds out, before a run, what files are, what columns they have and where their records start.
package struct InputPlanner {
  private let format: InputFormat
  private let overrides: [ColumnOverride]

  /// A planner for files of a format.
  ///
  /// - Parameter overrides: types that the topology declares; in JSON Lines these may name keys that
  ///   the sample does not show.
  package init(format: InputFormat, overrides: [ColumnOverride] = []) {
    self.format = format
    self.overrides = overrides
  }

  /// Plans the files at `paths`, in this order. The answer depends on the files' bytes alone.
  ///
  /// - Throws: ``InputPlanError`` when a file cannot be read, has a header that does not do, or when
  ///   an override names a column that is not there.
  package func plan(paths: [String]) throws(InputPlanError) -> PlannedInput {
    var input: PlannedInput
    do throws(SourceError) {
      input = try inspect(paths)
    } catch {
      throw .source(error)
    }
    try override(&input.schema)
    return input
  }

  private func inspect(_ paths: [String]) throws(SourceError) -> PlannedInput {
    var files: [SourceFile] = []
    var heads: [FileHead] = []
    for path in paths {
      let file = try SourceFile.inspect(path: path)
      files.append(file)
      heads.append(try FileHead(file, format: format))
    }
    var input = PlannedInput(
      files: files, schema: .bytes, firstRecords: heads.map(\.start))
    switch format.kind {
    case .delimited(let options):
      let columns = try DelimitedColumns(files, heads, hasHeader: options.header)
      if options.header { input.firstRecords = heads.map(\.end) }
      input.schema = try inferDelimited(columns.names, input, options)
    case .jsonLines: input.schema = try inferJSONLines(input)
    case .text: input.schema = .text
    case .range: input.schema = .range
    case .bytes: break
    }
    return input
  }

  private func inferDelimited(
    _ names: [String], _ input: PlannedInput, _ options: CSVOptions
  ) throws(SourceError) -> InputSchema {
    var inference = DelimitedInference(
      options: options, maxRecord: format.maxRecord, columns: names.count)
    let samples = try FileSample.samples(of: input.files, firstRecords: input.firstRecords)
    do throws(ScanError) {
      for sample in samples { try inference.observe(sample) }
    } catch {
      // Bad records are left out of samples, so this is about the format rather than the data.
      throw SourceError(path: input.files[0].path, message: error.message)
    }
    return InputSchema(
      columns: zip(names, inference.types).map { InputColumn(name: $0, type: $1) })
  }

  private func inferJSONLines(_ input: PlannedInput) throws(SourceError) -> InputSchema {
    let samples = try FileSample.samples(of: input.files, firstRecords: input.firstRecords)
    if samples.isEmpty, overrides.isEmpty, let file = input.files.first {
      throw SourceError(
        path: file.path,
        message: "the source is empty, so there are no keys to take columns from; "
          + "give it records, or name its columns in source.columns")
    }
    var inference = JSONLinesInference()
    for sample in samples { inference.observe(sample) }
    return InputSchema(columns: inference.columns)
  }

  private func override(_ schema: inout InputSchema) throws(InputPlanError) {
    var unknown: [UnknownColumn] = []
    for override in overrides {
      if let index = schema.index(of: override.name) {
        schema.columns[index].type = override.type
        schema.columns[index].isDeclared = true
      } else if case .jsonLines = format.kind {
        schema.columns.append(
          InputColumn(name: override.name, type: override.type, isDeclared: true))
      } else {
        let nearest = NearestName.find(override.name, in: schema.columns.map(\.name))
        unknown.append(UnknownColumn(name: override.name, nearest: nearest))
      }
    }
    if !unknown.isEmpty { throw .unknownColumns(unknown) }
  }
}
