import Operators
import PipelineCore
import Wire
import ZeroMQ

/// Turns grants into lane messages: by reference, or with the bytes read from the source.
struct LanePacker {
  /// A message ready to be sent.
  struct Packed: ~Copyable {
    var header: Message
    var payload: Message
  }

  private let run: RunID
  private let stage: UInt32
  private let sender: NodeIncarnation
  /// Slices of partitions that are not stored yet, by index.
  private var slices = PartitionTable<PartitionSlice>()
  private var nextIndex: UInt32 = 0
  private var encoder = DataEncoder()
  /// The slices of the message that is being made.
  private var packed: [PartitionSlice] = []
  /// The digest of as many zeros as went with a range last.
  private var zeros = (count: 0, digest: Digest.empty)
  private var reader: FileReader
  /// Set where bytes of files travel compressed.
  private let compressor: Zstandard.Compressor?
  /// Where bytes wait to be compressed, kept from one partition to the next.
  private var plain = HeapBytes(count: 0)

  init(
    files: [SourceFile], compresses: Bool = false, run: RunID, stage: UInt32,
    sender: NodeIncarnation
  ) {
    compressor = compresses ? Zstandard.Compressor() : nil
    self.run = run
    self.stage = stage
    self.sender = sender
    reader = FileReader(
      files: files.map { StageSpecification.File($0) })
  }

  /// Keeps the slice of the next partition.
  mutating func add(_ slice: PartitionSlice) {
    slices[nextIndex] = slice
    nextIndex &+= 1
  }

  /// Forgets the slices of partitions that are stored.
  mutating func release(_ indexes: ClosedRange<UInt32>) {
    for index in indexes { slices.remove(index) }
  }

  /// What a partition that is given up consists of; without its bytes when the source has changed or
  /// is gone, which `isUnreadable` is told.
  mutating func contents(
    of index: UInt32, isUnreadable: (Failure) -> Void
  ) -> RunStorage.QuarantinedSlice {
    switch slice(index) {
    case .file(let file, let offset, let length):
      var problem: Failure?
      let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
        do throws(Failure) {
          let place = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[..<length])
          try reader.read(file: file, offset: offset, into: place)
          count = length
        } catch {
          problem = error
        }
      }
      if let problem { isUnreadable(problem) }
      return .file(
        index: file, offset: offset, length: length, bytes: problem == nil ? bytes : nil)
    case .range(let from, let count, let payload):
      return .range(from: from, count: count, payload: payload)
    }
  }

  /// The first message on a lane.
  mutating func stageMessage(
    _ specification: StageSpecification, for worker: NodeIncarnation
  ) -> Packed {
    let payload = encoder.encode(specification, sender: sender, subject: worker)
    return Packed(
      header: frame(), payload: Message(copying: payload))
  }

  /// A message that calls partitions back.
  mutating func recallMessage(_ recalls: [Recall], for worker: NodeIncarnation) -> Packed {
    encoder.begin(
      DataHeader(kind: .recall, stage: stage, run: run, sender: sender, subject: worker))
    for recall in recalls { encoder.append(RecallEntry(recall)) }
    encoder.seal()
    return Packed(header: frame(), payload: Message())
  }

  /// A message with these partitions.
  ///
  /// - Parameter byReference: whether the worker reads the source's files itself.
  /// - Throws: ``Failure`` when the source cannot be read or has changed.
  mutating func pack(
    _ grants: [Ventilator.Grant], for worker: NodeIncarnation, byReference: Bool
  ) throws(Failure) -> Packed {
    encoder.begin(
      DataHeader(kind: .lane, stage: stage, run: run, sender: sender, subject: worker))
    if let compressor, !byReference { return try pack(grants, with: compressor) }
    packed.removeAll(keepingCapacity: true)
    var total = 0
    for grant in grants {
      let slice = slice(grant.index)
      packed.append(slice)
      total += payloadLength(of: slice, byReference)
    }
    let payload = try Message(size: total) { target throws(Failure) in
      var offset = 0
      for position in grants.indices {
        let grant = grants[position]
        let length = payloadLength(of: packed[position], byReference)
        let place = UnsafeMutableRawBufferPointer(rebasing: target[offset..<(offset + length)])
        let content = try content(of: packed[position], byReference, into: place)
        encoder.append(LaneEntry(index: grant.index, attempt: grant.attempt, content: content))
        offset += length
      }
    }
    encoder.seal()
    return Packed(header: frame(), payload: payload)
  }

  /// The same with what is read from files compressed, unless that makes it no smaller.
  private mutating func pack(
    _ grants: [Ventilator.Grant], with compressor: Zstandard.Compressor
  ) throws(Failure) -> Packed {
    let room = grants.reduce(0) { $0 + Zstandard.bound(slice($1.index).inlineLength) }
    let payload = HeapBytes(count: room)
    var end = 0
    for grant in grants {
      let place = UnsafeMutableRawBufferPointer(rebasing: payload.bytes[end...])
      let (content, length) = try compress(slice(grant.index), with: compressor, into: place)
      encoder.append(LaneEntry(index: grant.index, attempt: grant.attempt, content: content))
      end += length
    }
    encoder.seal()
    return Packed(
      header: frame(),
      payload: Message(
        adopting: UnsafeRawBufferPointer(rebasing: payload.bytes[..<end]), owner: payload))
  }

  /// Describes a slice and writes what travels with it, as small as it gets.
  ///
  /// - Parameter place: has room for ``Zstandard/bound(_:)`` of the slice's bytes.
  /// - Returns: the description, and how many bytes were written.
  private mutating func compress(
    _ slice: PartitionSlice, with compressor: Zstandard.Compressor,
    into place: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> (LaneEntry.Content, Int) {
    let plainLength = slice.inlineLength
    guard case .file = slice, let size = UInt32(exactly: plainLength) else {
      let place = UnsafeMutableRawBufferPointer(rebasing: place[..<plainLength])
      return (try content(of: slice, false, into: place), plainLength)
    }
    if plain.bytes.count < plainLength { plain = HeapBytes(count: plainLength) }
    let bytes = UnsafeMutableRawBufferPointer(rebasing: plain.bytes[..<plainLength])
    let uncompressed = try content(of: slice, false, into: bytes)
    let length = compressor.compress(UnsafeRawBufferPointer(bytes), into: place)
    guard length < plainLength, case .inline(let file, let offset, _, _) = uncompressed else {
      place.copyMemory(from: UnsafeRawBufferPointer(bytes))
      return (uncompressed, plainLength)
    }
    let digest = Digest.xxh3(UnsafeRawBufferPointer(rebasing: place[..<length]))
    return (
      .compressed(file: file, offset: offset, length: length, digest: digest, size: size), length
    )
  }

  private func frame() -> Message {
    encoder.withFrame { SharedMessage(Message(copying: $0)) }.makeMessage()
  }

  private func slice(_ index: UInt32) -> PartitionSlice {
    guard let slice = slices[index] else {
      preconditionFailure("partition \(index) is sent after it was stored")
    }
    return slice
  }

  private func payloadLength(of slice: PartitionSlice, _ byReference: Bool) -> Int {
    if case .file = slice, byReference { 0 } else { slice.inlineLength }
  }

  /// Describes a slice and writes what travels with it.
  private mutating func content(
    of slice: PartitionSlice, _ byReference: Bool, into place: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> LaneEntry.Content {
    switch slice {
    case .file(let index, let offset, let length) where byReference:
      return .reference(file: UInt32(index), offset: offset, length: length)
    case .file(let index, let offset, _):
      try reader.read(file: index, offset: offset, into: place)
      let digest = Digest.xxh3(UnsafeRawBufferPointer(place))
      return .inline(file: UInt32(index), offset: offset, length: place.count, digest: digest)
    case .range(let from, let count, _):
      // The bytes carried for each number are of no meaning; zeros travel as well as any.
      place.initializeMemory(as: UInt8.self, repeating: 0)
      if zeros.count != place.count {
        zeros = (place.count, Digest.xxh3(UnsafeRawBufferPointer(place)))
      }
      return .range(from: from, count: UInt32(count), length: place.count, digest: zeros.digest)
    }
  }
}
