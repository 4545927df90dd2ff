import type { Point } from '../../shared/geometry/point.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

export const EXPERT_PHOTOGRAPH = { name: 'purple-wall.jpg', file: PHOTOGRAPHS.sample4, width: 1920, height: 1448 }

/** What may be labelled on the photograph. */
export const EXPERT_SCHEMA = {
  format: 'fieldmark.label-schema/1',
  name: 'What people wear and carry',
  classes: [
    { id: 'face', name: 'Face', color: '#ffd43b', hotkey: '1', kinds: ['rectangle'] },
    { id: 'dress', name: 'Dress', color: '#51cf66', hotkey: '2', kinds: ['polygon', 'mask'] },
    { id: 'jeans', name: 'Jeans', color: '#22b8cf', hotkey: '3', kinds: ['polygon', 'mask'] },
    { id: 'phone', name: 'Phone', color: '#ff6b6b', hotkey: '4', kinds: ['polygon'] },
    { id: 'watch', name: 'Watch', color: '#ff922b', hotkey: '5', kinds: ['ellipse'] },
    {
      id: 'arm', name: 'Arm', color: '#f783ac', hotkey: '6', kinds: ['skeleton'],
      skeleton: { keypoints: [{ name: 'Shoulder' }, { name: 'Elbow' }, { name: 'Wrist' }, { name: 'Fingertips' }], edges: [[0, 1], [1, 2], [2, 3]] },
    },
  ],
}

/** An object of the photograph (places in its pixels), the key of its class, and how an expert goes about it. */
export type ExpertLabel =
  | { readonly by: 'box'; readonly tool: 'r' | 'o'; readonly classKey: string; readonly from: Point; readonly to: Point }
  /** Corner by corner; zoomed in to `zoom` screen pixels a pixel where it is small. */
  | { readonly by: 'corners'; readonly classKey: string; readonly corners: readonly Point[]; readonly zoom?: number }
  | { readonly by: 'keypoints'; readonly classKey: string; readonly places: readonly Point[] }
  /** Intelligent scissors, which find the edge between these places. */
  | { readonly by: 'scissors'; readonly classKey: string; readonly places: readonly [Point, ...Point[]] }
  /** The border of each part with the brush, then a click at its `inside` with the fill. */
  | { readonly by: 'mask'; readonly classKey: string; readonly parts: readonly { readonly border: readonly [Point, ...Point[]]; readonly inside: Point }[] }

/** Ten objects, in the order in which they are labelled. */
export const EXPERT_LABELS: readonly ExpertLabel[] = [
  {
    by: 'scissors', classKey: '2', places: [
      [1393, 452], [1425, 424], [1470, 478], [1502, 528], [1543, 590], [1561, 624], [1590, 678], [1612, 740], [1627, 805], [1619, 843], [1632, 852], [1702, 900],
      [1752, 940], [1802, 1005], [1847, 1078], [1870, 1115], [1847, 1127], [1813, 1142], [1775, 1165], [1699, 1196], [1652, 1213], [1645, 1240], [1584, 1260],
      [1545, 1274], [1545, 1310], [1514, 1322], [1376, 1346], [1371, 1356], [1329, 1351], [1356, 1255], [1379, 1115], [1388, 996], [1379, 951], [1335, 955],
      [1291, 948], [1277, 863], [1315, 852], [1315, 815], [1293, 751], [1265, 719], [1262, 655], [1270, 633], [1311, 569], [1347, 505],
    ],
  },
  {
    by: 'mask', classKey: '2', parts: [
      {
        inside: [1180, 700],
        border: [
          [967, 552], [1000, 545], [1040, 531], [1067, 514], [1110, 490], [1155, 464], [1183, 453], [1204, 459], [1233, 490], [1251, 518], [1263, 566], [1254, 600],
          [1255, 661], [1252, 731], [1242, 808], [1234, 852], [1224, 886], [1206, 909], [1155, 897], [1105, 888], [1105, 783], [1060, 757], [1002, 742], [950, 731],
          [945, 692], [944, 646], [953, 611], [965, 580], [967, 552],
        ],
      },
      {
        inside: [1150, 1100],
        border: [
          [945, 827], [942, 884], [953, 966], [976, 1005], [995, 1052], [1016, 1097], [1008, 1149], [977, 1217], [958, 1260], [984, 1254], [1015, 1238], [1062, 1239],
          [1131, 1241], [1208, 1239], [1262, 1240], [1256, 1230], [1285, 1189], [1307, 1144], [1310, 1100], [1300, 1048], [1285, 1003], [1264, 978], [1223, 972],
          [1165, 980], [1110, 961], [1088, 938], [1096, 897], [1031, 872], [977, 849], [945, 827],
        ],
      },
    ],
  },
  {
    by: 'corners', classKey: '3', corners: [
      [746, 858], [750, 888], [757, 900], [768, 881], [778, 868], [784, 850], [813, 881], [832, 909], [846, 948], [850, 981], [854, 1012], [864, 1062], [904, 1075],
      [879, 1128], [868, 1203], [870, 1292], [869, 1360], [871, 1400], [873, 1447], [594, 1447], [597, 1376], [600, 1237], [608, 1170], [632, 1087], [627, 1037],
      [610, 1014], [592, 976], [586, 951], [616, 970], [643, 981], [664, 975], [657, 955], [674, 917], [704, 901], [727, 878],
    ],
  },
  {
    by: 'corners', classKey: '4', zoom: 2, corners: [
      [837, 857], [863, 838], [885, 821], [920, 821], [940, 829], [950, 837], [951, 846], [936, 873], [922, 890], [911, 896], [890, 890], [860, 876], [838, 866],
    ],
  },
  { by: 'box', tool: 'o', classKey: '5', from: [374, 799], to: [427, 845] },
  { by: 'box', tool: 'r', classKey: '1', from: [272, 196], to: [420, 430] },
  { by: 'box', tool: 'r', classKey: '1', from: [662, 84], to: [850, 310] },
  { by: 'box', tool: 'r', classKey: '1', from: [986, 165], to: [1182, 418] },
  { by: 'box', tool: 'r', classKey: '1', from: [1274, 148], to: [1420, 392] },
  { by: 'keypoints', classKey: '6', places: [[1440, 490], [1600, 805], [1278, 905], [1105, 930]] },
]
