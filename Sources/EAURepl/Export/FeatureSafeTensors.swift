import Autograd
import Fusion
import ModalityKit

/// Features as safetensors: for each modality `NAME` [N, features] F32, or for sparse rows their
/// compressed form `NAME.offsets` [N + 1] I64, `NAME.columns` I32 and `NAME.values` F32; beside it
/// `NAME.present` [N] U8. `label` [N] I64 counts into the metadata's `classes`; a number to be
/// predicted is `value` [N] F64. Metadata are JSON texts: `ids`, `splits`, `classes` and
/// `NAME.features`. Rows of a missing modality are NaN, or empty.
struct FeatureSafeTensors {
  let export: FeatureExport

  /// What a modality has in the file, and the rows that must be known before the header.
  private struct Plan {
    let modality: Int
    let sparse: SparseRows<Float>?
    let present: [UInt8]
  }

  func write(to path: String) throws {
    let plans = try export.modalities.map(plan)
    let dataset = export.dataset
    let isNumber = dataset.target != nil
    var entries = [
      SafeTensors.Entry(
        name: isNumber ? "value" : "label", type: isNumber ? "F64" : "I64", shape: [export.count])
    ]
    for plan in plans { entries += self.entries(plan) }
    let header = try SafeTensors.header(entries, metadata: metadata)
    try AtomicFile.write(to: path) { file in
      try file.append(header)
      if isNumber {
        try file.append(
          numbers: dataset.samples.indices.map { dataset.samples.values?[$0] ?? .nan })
      } else {
        try file.append(numbers: dataset.samples.labels.map { Int64($0) })
      }
      for (place, plan) in plans.enumerated() {
        let share = Double(place) / Double(plans.count)..<Double(place + 1) / Double(plans.count)
        try write(plan, share: share, to: &file)
      }
    }
  }

  private func plan(_ m: Int) throws -> Plan {
    let present = export.data.present(m).map { UInt8($0 ? 1 : 0) }
    guard export.data.pipelines[m].isSparse else {
      return Plan(modality: m, sparse: nil, present: present)
    }
    var rows = SparseRows<Float>(columns: export.features(m))
    try export.forEachChunk(of: [m]) { _, chunk in
      for row in chunk[0] { rows.append(indices: row?.indices ?? [], values: row?.values ?? []) }
    }
    return Plan(modality: m, sparse: rows, present: present)
  }

  private func entries(_ plan: Plan) -> [SafeTensors.Entry] {
    let (name, count) = (export.name(plan.modality), export.count)
    let presence = SafeTensors.Entry(name: "\(name).present", type: "U8", shape: [count])
    guard let sparse = plan.sparse else {
      let shape = [count, export.features(plan.modality)]
      return [SafeTensors.Entry(name: name, type: "F32", shape: shape), presence]
    }
    return [
      SafeTensors.Entry(name: "\(name).offsets", type: "I64", shape: [count + 1]),
      SafeTensors.Entry(name: "\(name).columns", type: "I32", shape: [sparse.indices.count]),
      SafeTensors.Entry(name: "\(name).values", type: "F32", shape: [sparse.values.count]),
      presence,
    ]
  }

  private func write(_ plan: Plan, share: Range<Double>, to file: inout FileAppender) throws {
    if let sparse = plan.sparse {
      try file.append(numbers: sparse.offsets.map(Int64.init))
      try file.append(numbers: sparse.indices)
      try file.append(numbers: sparse.values)
    } else {
      let features = export.features(plan.modality)
      try export.forEachChunk(of: [plan.modality], share: share) { _, chunk in
        for row in chunk[0] { try file.append(numbers: row.dense(count: features)) }
      }
    }
    try file.append(plan.present)
  }

  private var metadata: [String: String] {
    let dataset = export.dataset
    var metadata = [
      "format": "eau-features", "dataset": dataset.name,
      "ids": JSONValue(export.identifiers).text(), "splits": JSONValue(export.splits).text(),
    ]
    if let target = dataset.target {
      metadata["target"] = target
    } else {
      metadata["classes"] = JSONValue(dataset.classes).text()
    }
    for m in export.modalities {
      metadata["\(export.name(m)).features"] = JSONValue(export.names(m)).text()
      metadata["\(export.name(m)).encoder"] =
        export.data.pipelines[m].encoder.descriptor.identifier
    }
    return metadata
  }
}
