import PipelineCore
import Wire

/// What a store holds the results of.
struct StoreIdentity: Sendable, Equatable {
  /// The run.
  var run: RunID
  /// Position of the stage in the topology, from 0.
  var stage: UInt32

  /// The seed of the checksum of a block's header: bytes that are right, but of another run, another
  /// segment or another place, are no block here.
  func seed(segment: UInt32, offset: Int64) -> UInt64 {
    withUnsafeTemporaryAllocation(byteCount: 24, alignment: 8) { place in
      place.put(run.rawValue, at: 0)
      place.put(stage, at: 8)
      place.put(segment, at: 12)
      place.put(offset, at: 16)
      return Digest.xxh3(UnsafeRawBufferPointer(place))
    }
  }
}
