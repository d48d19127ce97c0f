import Foundation
import Modalities
import ModalityKit
import Testing

@Suite struct SpectralAnalysisTests {
  struct Golden: Decodable {
    let signal: [Float]
    let silence: Double
    let edges: [Double]
    /// First non-zero bin, then the values.
    let filters: [Filter]
    /// `[bands, frames]`.
    let melPower: [[Double]]
    let decibels: [[Double]]
    let mfcc: [[Double]]

    struct Filter: Decodable {
      let firstBin: Int
      let weights: [Double]

      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        firstBin = try container.decode(Int.self)
        weights = try container.decode([Double].self)
      }
    }

    enum CodingKeys: String, CodingKey {
      case silence, mfcc
      case signal = "signal_int16"
      case edges = "band_edges_hz"
      case filters = "filterbank_rows"
      case melPower = "mel_power"
      case decibels = "log_mel_db"
    }
  }

  private let analysis = SpectralAnalysis(
    sampleRate: 16_000, windowLength: 1024, hopLength: 256, bands: 40, coefficients: 20)

  /// `[bands, frames]` to our `[frames, bands]`.
  private func byFrame(_ rows: [[Double]]) -> [Double] {
    rows[0].indices.flatMap { frame in rows.map { $0[frame] } }
  }

  @Test func filterbankEqualsLibrosa() throws {
    let golden = try Fixture.json("golden-audio.json", as: Golden.self)
    #expect(relativeDifference(analysis.filterbank.edges, golden.edges) < 1e-10)
    for (band, want) in zip(analysis.filterbank.bands, golden.filters) {
      #expect(band.firstBin == want.firstBin)
      #expect(relativeDifference(band.weights, want.weights) < 1e-10)
    }
  }

  @Test func decibelsAndCosineTransformEqualLibrosa() throws {
    let golden = try Fixture.json("golden-audio.json", as: Golden.self)
    let decibels = Cepstrum.decibels(byFrame(golden.melPower))
    #expect(relativeDifference(decibels, byFrame(golden.decibels)) < 1e-10)
    let mfcc = analysis.cepstrum.coefficients(of: decibels)
    #expect(relativeDifference(mfcc, byFrame(golden.mfcc)) < 1e-10)
  }

  /// The transform runs in Float. librosa's own Float path is 2.1e-5 from its Double path in MFCC
  /// on this signal (dB); ours may be as far as 1e-4.
  @Test func wholeChainEqualsLibrosaWithinFloat() throws {
    let golden = try Fixture.json("golden-audio.json", as: Golden.self)
    let result = analysis.analyse(golden.signal.map { $0 / 32768 })
    #expect(result.frames == 32)
    let power = byFrame(golden.melPower)
    let largest = power.max() ?? 1
    let powerError = zip(result.melPower, power).map { abs($0 - $1) }.max() ?? .infinity
    #expect(powerError < 1e-6 * largest)
    let decibelError = zip(result.decibels, byFrame(golden.decibels)).map { abs($0 - $1) }.max()
    #expect(try #require(decibelError) < 1e-4)
    let mfccError = zip(result.mfcc, byFrame(golden.mfcc)).map { abs($0 - $1) }.max()
    #expect(try #require(mfccError) < 1e-4)
  }

  @Test func silenceIsTheFloor() throws {
    let golden = try Fixture.json("golden-audio.json", as: Golden.self)
    let result = analysis.analyse([Float](repeating: 0, count: 2048))
    #expect(result.decibels.allSatisfy { $0 == golden.silence })
    #expect(result.centroids.allSatisfy { $0 == 0 })
  }

  @Test func centroidOfATone() throws {
    let tone = (0..<8000).map { Float(sin(2 * .pi * 2000 * Double($0) / 16_000)) }
    let result = analysis.analyse(tone)
    #expect(abs(result.centroids[10] - 2000) < 5)
  }
}
