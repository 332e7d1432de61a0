/** Each topic's data by its name. */
import type { CommunitiesData } from './data-communities.ts';
import type { MedicalData } from './data-medical.ts';
import type { PublicData } from './data-public.ts';
import type { RatingsData } from './data-ratings.ts';
import type { StarsData } from './data-stars.ts';
import type { FollowupsData, OverviewData, WindowsData } from './data.ts';

export interface TopicData {
  overview: OverviewData;
  windows: WindowsData;
  communities: CommunitiesData;
  medical: MedicalData;
  ratings: RatingsData;
  stars: StarsData;
  followups: FollowupsData;
  public: PublicData;
}
